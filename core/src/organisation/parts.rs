//! The parts of an organisation, taken out of it and put back: the export file holds them whole, the store one by one.

use super::{
    CenterDefaults, DepartmentMusic, Organisation, Part, PickupSettings, Site, SiteSettings,
};

impl Organisation {
    /// Every part that differs from what is there anyway.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        parts.extend(
            self.hunt_groups
                .iter()
                .map(|g| Part::HuntGroup(Box::new(g.clone()))),
        );
        parts.extend(
            self.group_calls
                .iter()
                .map(|g| Part::GroupCall(Box::new(g.clone()))),
        );
        parts.extend(
            self.auto_attendants
                .iter()
                .map(|a| Part::AutoAttendant(Box::new(a.clone()))),
        );
        parts.extend(
            self.call_centers
                .iter()
                .map(|c| Part::CallCenter(Box::new(c.clone()))),
        );
        parts.extend(self.park_groups.iter().map(|g| Part::ParkGroup(g.clone())));
        parts.extend(
            self.pickup_groups
                .iter()
                .map(|g| Part::PickupGroup(g.clone())),
        );
        parts.extend(
            self.outgoing
                .iter()
                .map(|o| Part::Outgoing(Box::new(o.clone()))),
        );
        parts.extend(self.uploads.iter().map(|u| Part::Upload(u.clone())));
        let own = self
            .locations
            .iter()
            .filter(|location| location.site != SiteSettings::default());
        parts.extend(own.map(|l| {
            Part::Site(Site {
                location: l.id,
                settings: l.site.clone(),
            })
        }));
        let music = self
            .departments
            .iter()
            .filter(|department| department.music.is_some());
        parts.extend(music.map(|d| {
            Part::DepartmentMusic(DepartmentMusic {
                department: d.id,
                music: d.music.clone(),
            })
        }));
        if !self.enterprise.codes.is_empty() {
            parts.push(Part::Codes(self.enterprise.codes.clone()));
        }
        if self.enterprise.call_centers != CenterDefaults::default() {
            parts.push(Part::CallCenters(Box::new(
                self.enterprise.call_centers.clone(),
            )));
        }
        if self.enterprise.pickup != PickupSettings::default() {
            parts.push(Part::Pickup(self.enterprise.pickup));
        }
        parts
    }

    /// Puts a part in its place; one of a location or department that is not there is left out.
    pub fn put_part(&mut self, part: Part) {
        match part {
            Part::HuntGroup(group) => self.hunt_groups.push(*group),
            Part::GroupCall(group) => self.group_calls.push(*group),
            Part::AutoAttendant(attendant) => self.auto_attendants.push(*attendant),
            Part::CallCenter(center) => self.call_centers.push(*center),
            Part::ParkGroup(group) => self.park_groups.push(group),
            Part::PickupGroup(group) => self.pickup_groups.push(group),
            Part::Upload(upload) => self.uploads.push(upload),
            Part::Site(site) => {
                if let Some(location) = self.locations.iter_mut().find(|l| l.id == site.location) {
                    location.site = site.settings;
                }
            }
            Part::DepartmentMusic(music) => {
                if let Some(department) = self
                    .departments
                    .iter_mut()
                    .find(|d| d.id == music.department)
                {
                    department.music = music.music;
                }
            }
            Part::Codes(codes) => self.enterprise.codes = codes,
            Part::CallCenters(defaults) => self.enterprise.call_centers = *defaults,
            Part::Pickup(settings) => self.enterprise.pickup = settings,
            Part::Outgoing(outgoing) => {
                self.outgoing.retain(|other| other.owner != outgoing.owner);
                self.outgoing.push(*outgoing);
            }
        }
    }
}
