// For pages of somebody who is known: the connection to the server, and what comes over it.
import { watch } from "./live/connection.js";
import { followIdentity, socket } from "./live/socket.js";
import "./live/channels.js";
import "./live/packets.js";
import "./live/tell.js";
import "./live/whispers.js";
import "./elements/dot_picker.js";
import "./elements/own_vote.js";
import "./elements/room_arrival.js";
import "./elements/similar_concerns.js";
import "./elements/unread_counts.js";
import "./elements/who_writes.js";

watch(socket);
followIdentity();
