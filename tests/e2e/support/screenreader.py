# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Reads and operates windows as assistive tools do, through AT-SPI, and as hands do, with keys and
a mouse. There can be one in a test process: its library finds the accessibility bus once, through
the sandbox's own bus."""

import os
import subprocess
import time
import unittest

from desktopsandbox import DesktopSandbox, wait_until

EDITS = ("text", "password text", "entry")
WINDOWS = ("frame", "dialog", "window", "alert")
#: The events that may carry a piece of a text.
TELLING = ("object:text-changed", "object:text-selection-changed", "object:text-caret-moved",
           "object:property-change", "object:active-descendant-changed", "object:announcement")


def desktop_with_reader(**options):
    """For setUpModule(): a display that all tests of the module share, and who reads it."""
    sandbox = DesktopSandbox(display=True, **options)
    unittest.addModuleCleanup(sandbox.leave)
    return sandbox, ScreenReader(sandbox)


class ScreenReader:
    def __init__(self, sandbox):
        for key in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY"):
            os.environ[key] = sandbox.env.get(key, "")
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        self._atspi = Atspi
        self._gone = GLib.GError
        self._main_context = GLib.MainContext.default()
        self._sandbox = sandbox
        self._listener, self._key_listener, self._overheard = None, None, {}
        Atspi.init()

    # What is there

    def windows(self):
        """All windows that can be seen, by their titles."""
        return {self._name(window): window for window in self._windows()}

    def window(self, title):
        return wait_until(lambda: self.windows().get(title), f'the window "{title}"')

    def wait_until_closed(self, title):
        wait_until(lambda: title not in self.windows(), f'"{title}" to close')

    def find(self, window, name, *roles):
        """The element of that name, and of one of the roles if any are given; or None."""
        for element in self._walk(window):
            if (self._name(element) == name and (not roles or self._role(element) in roles)
                    and self._shows(element)):
                return element
        return None

    def wait_for(self, title, name, *roles):
        try:
            return wait_until(lambda: self._find_in(title, name, roles), f'"{name}" in "{title}"')
        except TimeoutError as error:
            raise TimeoutError(f"{error}; there is instead, with the keyboard at "
                               f'"{self.focused()}":\n{self.words(title)}') from None

    def text_of(self, element):
        def whole():
            count = self._atspi.Text.get_character_count(element)
            return self._atspi.Text.get_text(element, 0, count)
        return self._gone_is("", whole)

    def value(self, title, name):
        return self.text_of(self.wait_for(title, name, *EDITS))

    def wait_for_value(self, title, name, condition):
        """Waits until the text of the field fulfils the condition, and returns it."""
        return wait_until(lambda: condition(self.value(title, name)) and self.value(title, name),
                          f'"{name}" in "{title}" to change')

    def words(self, title):
        """All that can be read in a window, from top to bottom, one text a line."""
        window = self.windows().get(title)
        if window is None:
            return ""
        texts = []
        for element in self._walk(window):
            if not self._shows(element):
                continue
            texts.append(self._name(element))
            texts.append(self._description(element))
            if "Text" in self._interfaces(element):
                texts.append(self.text_of(element))
        return "\n".join(text for text in texts if text)

    def wait_for_words(self, title, words):
        wait_until(lambda: words in self.words(title), f'"{words}" in "{title}"')

    def nameless(self, title, no_roles):
        """What the keyboard can be led to without being told where it is: it has no name (a combo
        box no label), or one of those roles. An empty cell of a table is told by its column."""
        found = []
        for element in self._walk(self.window(title)):
            role, name = self._role(element), self._name(element)
            if not (self._is(element, "FOCUSABLE") and self._shows(element)) or role == "table cell":
                continue
            is_named = self._labels(element) if role == "combo box" else name
            if not is_named or role in no_roles:
                found.append((role, name))
        return found

    def is_checked(self, element):
        return self._is(element, "CHECKED")

    def description(self, title, name):
        return self._description(self.wait_for(title, name, *EDITS))

    def is_enabled(self, element):
        return self._is(element, "SENSITIVE")

    # What one does

    def press(self, title, name):
        button = self.wait_for(title, name, "push button", "button", "check box", "radio button")
        wait_until(lambda: self._is(button, "SENSITIVE"), f'"{name}" to be enabled')
        if not self._atspi.Action.do_action(button, 0):
            raise RuntimeError(f'"{name}" could not be pressed')

    def unfold(self, title, section):
        """Opens a section of the panel, unless it is open."""
        heading = self.wait_for(title, section, "push button", "button")
        if self._description(heading) == "Folded":
            self.press(title, section)
        wait_until(lambda: self._description(heading) == "Unfolded", f'"{section}" to open')

    def press_wherever(self, name, is_over=lambda: False):
        """Presses the button, or ticks the box, in whichever window has it, as several may have the same title. Stops
        waiting for one once `is_over` says so."""
        def enabled():
            buttons = (self.find(window, name, "push button", "button", "check box")
                       for window in self._windows())
            return next((one for one in buttons if one and self._is(one, "SENSITIVE")), None)
        button = wait_until(lambda: enabled() or is_over(), f'"{name}" somewhere')
        if button is not True and not self._atspi.Action.do_action(button, 0):
            raise RuntimeError(f'"{name}" could not be pressed')

    def choose(self, title, label, option, key):
        """Chooses in a combo box, to which `key` leads. Its name is the option that is chosen."""
        box = wait_until(lambda: self._labelled(title, label), f'"{label}" in "{title}"')
        self.key(key)
        wait_until(lambda: self._is(box, "FOCUSED"), f'"{label}" to have the keyboard')
        self.key("Home")
        while self._name(box) != option:
            before = self._name(box)
            self.key("Down")
            wait_until(lambda: self._name(box) != before, f'"{label}" to offer "{option}"')

    def wait_for_option(self, title, label, option):
        """Waits until a combo box, whose name is the option that is chosen, shows that one."""
        def shown():
            box = self._labelled(title, label)
            return box and self._name(box) == option
        wait_until(shown, f'"{label}" to be "{option}"')

    def fill(self, title, name, text):
        field = self.wait_for(title, name, *EDITS)
        wait_until(lambda: self._is(field, "SENSITIVE"), f'"{name}" to be enabled')
        if not self._atspi.EditableText.set_text_contents(field, text):
            raise RuntimeError(f'"{name}" could not be filled in')

    def enter(self, title, name, text):
        """Fills in a field as hands do: with keys, in place of what is there."""
        field = self.wait_for(title, name, *EDITS)
        wait_until(lambda: self._is(field, "SENSITIVE"), f'"{name}" to be enabled')
        self._atspi.Component.grab_focus(field)
        wait_until(lambda: self._is(field, "FOCUSED"), f'"{name}" to have the keyboard')
        self.type_into(field, text)

    def type_into(self, field, text):
        """Types in place of what is in the field that has the keyboard."""
        self.key("ctrl+a")
        self.type(text)
        wait_until(lambda: self._atspi.Text.get_character_count(field) == len(text),
                   f'"{self._name(field)}" to take all keys')

    def paste_selected(self, title, name, text):
        """Pastes as a mouse does: its middle button puts in what is selected elsewhere. The field
        has to be empty."""
        elsewhere = self._sandbox.start("xclip", "-quiet", "-selection", "primary",
                                        stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        elsewhere.stdin.write(text.encode())
        elsewhere.stdin.close()
        wait_until(lambda: self._sandbox.run("xclip", "-selection", "primary", "-o").stdout == text,
                   "the selection")
        field = self.wait_for(title, name, *EDITS)
        place = self._atspi.Component.get_extents(field, self._atspi.CoordType.SCREEN)
        self._sandbox.click(place.x + place.width // 2, place.y + place.height // 2, button=2)
        wait_until(lambda: self._atspi.Text.get_character_count(field) == len(text),
                   f'"{name}" to be filled in')

    def key(self, *keys):
        self._sandbox.run("xdotool", "key", "--clearmodifiers", *keys).check_returncode()

    def type(self, text):
        self._sandbox.run("xdotool", "type", "--clearmodifiers", "--delay", "20",
                          text).check_returncode()

    def focused(self):
        """The name of the element that has the keyboard, or an empty text."""
        return (self._focused() or [""])[-1]

    def has_keyboard(self, name):
        """The chosen row of a list says so, too, wherever the keyboard is."""
        return name in self._focused()

    def hear(self, action, patience=0.5):
        """What a screen reader would say: the names of all elements that get the keyboard."""
        heard = []
        listener = self._atspi.EventListener.new(
            lambda event: heard.append(self._name(event.source)) if event.detail1 else None)
        listener.register("object:state-changed:focused")
        action()
        began = quiet_since = time.monotonic()
        while (time.monotonic() - quiet_since < patience
               and time.monotonic() - began < 10 * patience):
            if self._main_context.iteration(False):
                quiet_since = time.monotonic()
        listener.deregister("object:state-changed:focused")
        return heard

    def overhear(self):
        """Keeps from here on what programs tell the accessibility bus of texts and keys."""
        self._overheard = {}
        self._listener = self._atspi.EventListener.new(self._note)
        for kind in TELLING:
            self._listener.register(kind)
        self._key_listener = self._atspi.DeviceListener.new(self._note_key)
        self._atspi.register_keystroke_listener(
            self._key_listener, None, 0, 1 << self._atspi.EventType.KEY_PRESSED_EVENT,
            self._atspi.KeyListenerSyncType.NOSYNC)

    def overheard(self):
        """What overhear() has kept, by kind of event. The texts of a kind are put together, since
        what is typed is told letter by letter."""
        while self._main_context.iteration(False):
            pass
        return {kind: "".join(texts) for kind, texts in self._overheard.items()}

    def close(self, title):
        """Closes a window by the window manager's key, which does what its close button does."""
        window = self._sandbox.run("xdotool", "search", "--onlyvisible", "--name",
                                   f"^{title}$").stdout.split()[0]
        self._sandbox.run("xdotool", "windowactivate", "--sync", window, "key",
                          "alt+F4").check_returncode()

    # Underneath

    def _focused(self):
        return [self._name(element) for window in self.windows().values()
                for element in self._walk(window) if self._is(element, "FOCUSED")]

    def _note(self, event):
        """An event carries a text, or comes from an element that has a new name or description."""
        told = event.any_data
        if not isinstance(told, str):
            told = self._name(event.source) + self._description(event.source)
        self._overheard.setdefault(event.type, []).append(told)

    def _note_key(self, event):
        self._overheard.setdefault("key", []).append(event.event_string)
        return False  # the program is to get the key as well

    def _applications(self):
        """Asks anew each time, as what the library remembers is often out of date. It learns that
        something is gone only when its events are read."""
        while self._main_context.iteration(False):
            pass
        applications = self._children(self._atspi.get_desktop(0))
        for application in applications:
            self._gone_is(None, lambda app=application: app.set_cache_mask(
                self._atspi.Cache.NONE))
        return applications

    def _windows(self):
        return [window for application in self._applications()
                for window in self._children(application)
                if self._role(window) in WINDOWS and self._shows(window)]

    def _find_in(self, title, name, roles):
        window = self.windows().get(title)
        return window and self.find(window, name, *roles)

    def _labelled(self, title, label):
        """The combo box beside a label."""
        window = self.windows().get(title)
        for element in self._walk(window) if window else ():
            if self._role(element) == "combo box" and label in self._labels(element):
                return element
        return None

    def _labels(self, element):
        """The names of all that labels it."""
        return [self._name(relation.get_target(0))
                for relation in self._gone_is([], element.get_relation_set)
                if relation.get_relation_type() == self._atspi.RelationType.LABELLED_BY]

    def _walk(self, root):
        waiting = [root]
        while waiting:
            element = waiting.pop(0)
            yield element
            waiting[:0] = list(self._children(element))

    def _children(self, element):
        return [child for child in self._gone_is([], lambda: [
            element.get_child_at_index(index) for index in range(element.get_child_count())])
            if child is not None]

    def _name(self, element):
        return self._gone_is("", element.get_name)

    def _description(self, element):
        return self._gone_is("", element.get_description)

    def _role(self, element):
        return self._gone_is("", element.get_role_name)

    def _interfaces(self, element):
        return self._gone_is([], element.get_interfaces)

    def _shows(self, element):
        return self._is(element, "SHOWING")

    def _is(self, element, state):
        wanted = getattr(self._atspi.StateType, state)
        return self._gone_is(False, lambda: element.get_state_set().contains(wanted))

    def _gone_is(self, instead, question):
        """The answer to `question`, or `instead` where the element has gone meanwhile."""
        try:
            return question()
        except self._gone:
            return instead
