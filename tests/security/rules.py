"""Who may use each address: the table that the whole application is held against.

A new route without a line here fails the tests.
"""

ANYBODY = "anybody"  # holds nothing that is anybody's own
HOLDER = "holder"  # whoever has the secret that is in the address
ACCOUNT = "account"  # whoever is signed in, about themselves
STANDING = "standing"  # admins and organisers
EVENT = "event"  # by the role in an event; a stranger is nobody there
READER = "reader"  # in a space: whoever may read it
MEMBER = "member"
COORDINATOR = "coordinator"
STEWARD = "steward"  # a coordinator of the space, or an admin, who need not read it for that
CENTRE = "centre"  # the coordinators of the programme, whom requests ask
AUTHOR = "author"  # in a space: who wrote it, perhaps its coordinators too

RANKS = {READER: 0, MEMBER: 1, COORDINATOR: 2, STEWARD: 2}

OF_BLUEPRINTS = {
    "static": ANYBODY,
    "observability": ANYBODY,  # its metrics have a token of their own
    "pages": ANYBODY,
    "events": EVENT,
    "livepolls": EVENT,
    "ballots": EVENT,
    "breakouts": EVENT,
    "video": EVENT,
    "proposals": EVENT,
    "questions": EVENT,
    "results": EVENT,
    "api": EVENT,  # those of forums are named below
    "carryover": EVENT,
    "exporting": EVENT,
    "eventdigests": EVENT,
    "mail": STANDING,
    "municipalities": STANDING,
}

OF_ENDPOINTS = {
    **dict.fromkeys(
        (
            "accounts.ask_for_reset",
            "accounts.enter",
            "accounts.reset_sent",
            "accounts.send_reset",
            "accounts.sign_in",
            "accounts.sign_out",
            "api.description_document",
            "events.enter",
            "events.find",
            "events.home",
            "events.join",
            "events.qr",
            "notifications.link_renewed",
        ),
        ANYBODY,
    ),
    **dict.fromkeys(
        (
            "accounts.accept",
            "accounts.reset",
            "claims.by_link",
            "eventdigests.confirm",
            "eventdigests.confirmed",
            "events.come_back",
            "events.open_remote",
            "events.open_screen",
            "feeds.forum",
            "notifications.link",
            "notifications.open_link",
            "notifications.renew_link",
            "notifications.stop",
            "notifications.stop_now",
            "spaces.accept",
            "spaces.invitation",
        ),
        HOLDER,
    ),
    **dict.fromkeys(
        (
            "accounts.change_password",
            "accounts.change_profile",
            "accounts.create_token",
            "accounts.delete_account",
            "accounts.deletion",
            "accounts.export",
            "accounts.export_all",
            "accounts.profile",
            "accounts.revoke_token",
            "claims.by_device",
            "composing.discard",
            "composing.drafts",
            "composing.save",
            "forums.preview",
            "forums.unread",
            "moderation.own_reports",
            "notifications.change_settings",
            "notifications.listing",
            "notifications.settings",
            "profiles.show",
            "requests.index",
            "search.index",
            "api.search_index",
            "spaces.index",
        ),
        ACCOUNT,
    ),
    **dict.fromkeys(
        (
            "accounts.change_standing",
            "accounts.deactivate",
            "accounts.invite",
            "accounts.invite_again",
            "accounts.people",
            "accounts.reactivate",
            "accounts.withdraw_invitation",
            "events.new",
            "spaces.administration",
            "spaces.coordinate",
            "spaces.new",
            "spaces.build",  # of the top of a tree, where coordinators may, too
            "spaces.programme",
        ),
        STANDING,
    ),
    **dict.fromkeys(
        (
            "events.calendar",
            "feeds.make",
            "feeds.manage",
            "files.fetch",
            "files.preview",
            "forums.first_unread",
            "forums.index",
            "forums.last_window",
            "forums.note",
            "forums.note_without_script",
            "forums.preview_in",
            "forums.read_forum",
            "forums.read_space",
            "forums.show",
            "forums.show_forum",
            "forums.show_thread",
            "notifications.set_for_space",
            "notifications.set_for_thread",
            "api.forums_posts",
            "api.forums_threads",
            "requests.archive",
            "requests.show",
            "arranging.versions",
            "carryover.source_of_piece",
            "carryover.source_of_thread",
            "spaces.leave",
            "spaces.people",
            "spaces.show",
        ),
        READER,
    ),
    **dict.fromkeys(
        (
            "composing.linkables",
            "composing.mentions",
            "composing.quote",
            "files.add",
            "forums.new_reply",
            "forums.new_thread",
            "forums.reply",
            "forums.start",
            "forums.write",
            "api.forums_start",
            "api.forums_write",
            "moderation.new_report",
            "moderation.report",
            "reactions.react",
        ),
        MEMBER,
    ),
    **dict.fromkeys(
        (
            "forums.archive",
            "forums.create_forum",
            "forums.edit_forum",
            "forums.move",
            "forums.new_forum",
            "forums.reopen",
            "forums.save_forum",
            "moderation.dismiss",
            "moderation.hide_post",
            "moderation.hide_thread",
            "moderation.log",
            "moderation.post_hiding",
            "moderation.reopen",
            "moderation.reports",
            "moderation.restore_post",
            "moderation.restore_thread",
            "moderation.thread_hiding",
            "arranging.close",
            "arranging.delete_tag",
            "arranging.merge",
            "arranging.merging",
            "arranging.move",
            "arranging.parts",
            "arranging.pin",
            "arranging.place",
            "arranging.rename_tag",
            "arranging.reopen",
            "arranging.space_tags",
            "arranging.split",
            "arranging.unpin",
            "requests.name_reporters",
            "requests.report",  # and members whom they name
            "requests.write",
        ),
        COORDINATOR,
    ),
    **dict.fromkeys(
        (
            "requests.answer",
            "requests.edit",
            "requests.edit_form",
            "requests.move",
            "requests.withdraw",
        ),
        CENTRE,
    ),
    **dict.fromkeys(
        (
            "spaces.archive",
            "spaces.change_role",
            "spaces.close_link",
            "spaces.decline",
            "spaces.grant",
            "spaces.invitations",
            "spaces.invite",
            "spaces.invite_many",
            "spaces.make_link",
            "spaces.new_below",
            "spaces.remove",
            "spaces.revive",
            "spaces.send_again",
            "spaces.settings",
            "spaces.withdraw",
        ),
        STEWARD,
    ),
    **dict.fromkeys(
        (
            "feeds.revoke",
            "files.take_back",
            "forums.edit",
            "forums.edit_form",
            "forums.withdraw",
            "arranging.accept",
            "arranging.rename",
            "arranging.set_tags",
            "arranging.tags",
            "arranging.title",
            "arranging.unaccept",
        ),
        AUTHOR,
    ),
    # Asking to be let in is for those outside; the tests of spaces say who may.
    **dict.fromkeys(("spaces.ask", "spaces.join", "spaces.take_back"), ACCOUNT),
}


def rule_of(endpoint: str) -> str | None:
    """Who may use this endpoint; none if nobody has said it."""
    blueprint = endpoint.partition(".")[0]
    return OF_ENDPOINTS.get(endpoint) or OF_BLUEPRINTS.get(blueprint)
