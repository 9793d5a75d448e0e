// Entry point of every page. What only some pages need stands in live.js, discussing.js, moderating.js, planning.js and
// notes.js, which take from here what is here already.
import "./request_submit.js";
import "./live/style_policy.js";
import "./live/turbo.js";
import "./live/requests.js";
import "./live/resending.js";
import "./live/gate.js";
import "./live/guard.js";
import "./live/quiet.js";
import "./live/long_lists.js";
import "./live/stream_actions.js";
import "./live/connection.js";
import "./forms.js";
import "./focus.js";
import "./dialogs.js";
import "./menus.js";
import "./tabs.js";
import "./elements/char_count.js";
import "./elements/copy_text.js";
import "./elements/count_down.js";
import "./elements/kept_text.js";
import "./elements/markdown_preview.js";
import "./elements/mine_marks.js";
import "./elements/sent_state.js";
import "./elements/sound_switch.js";
