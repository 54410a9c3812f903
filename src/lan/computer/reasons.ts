/** Why something that needs windows is not offered. */
export const NO_DISPLAY = 'No screen is known here (neither WAYLAND_DISPLAY nor DISPLAY is set).';
