//! The browser and the system that a user agent names, as far as people tell them apart.

/// What a browser is called, by a word that only it has; those that copy others' words stand before them.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// What a system is called; Android names Linux too, and an iPhone names Mac OS.
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// The browser and its system. `None`: it is not one that we know.
pub(super) fn name(agent: &str) -> Option<(&'static str, &'static str)> {
    let find = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(word, _)| agent.contains(word))
            .map(|(_, name)| *name)
    };
    Some((find(BROWSERS)?, find(SYSTEMS)?))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn browsers_that_copy_others_are_told_apart() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        assert_eq!(name(chrome), Some(("Chrome", "Linux")));
        assert_eq!(
            name(&format!("{chrome} Edg/142.0")),
            Some(("Edge", "Linux"))
        );
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(name(safari), Some(("Safari", "iPhone")));
        let firefox =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
        assert_eq!(name(firefox), Some(("Firefox", "Windows")));
        assert_eq!(name("curl/8.5.0"), None);
        assert_eq!(name(""), None);
    }
}
