// Sets a chosen theme before the first paint; without a choice the style sheet follows the system.
try {
  const theme = localStorage.getItem('centrale-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused: the system's theme is right then.
}
