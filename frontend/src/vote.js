// Voting with a script: the next statement at once, answers kept on the phone until the server has them.
// Without it the same page works with forms. Nothing is "Received" before the server has answered.
import { forgetEverything } from "./vote/queue.js";
import { startVoting } from "./vote/page.js";
import { startWriting } from "./vote/write.js";

const withdrawn = document.getElementById("v-forget");
const voting = document.getElementById("v");
const writing = document.querySelector("textarea[data-limit]");

if (withdrawn) forgetEverything();
if (voting) startVoting(voting);
if (writing) startWriting(writing);
