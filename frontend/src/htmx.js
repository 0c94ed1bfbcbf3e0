// Pages that swap fragments load this after samskap.js; participant pages do not need it.
import htmx from "htmx.org";

// Fragments never carry code: what htmx could evaluate is switched off, as the content security policy demands.
htmx.config.includeIndicatorCSS = false;
window.htmx = htmx;
