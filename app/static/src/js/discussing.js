// For pages of a space, where people read and write at length; and for the search.
import "./quoting.js";
import "./replying.js";
import "./elements/file_picker.js";
import "./elements/kept_draft.js";
import "./elements/link_picker.js";
import "./elements/markdown_toolbar.js";
import "./elements/mention_list.js";
import "./elements/post_window.js";
import "./elements/reading_place.js";
import "./elements/search_as_typed.js";
