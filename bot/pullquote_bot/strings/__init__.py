"""Every sentence of the interface, in modules named after what they speak of.

Write English, and every text inside of a function as `say("… {name} …", name=value)`, with
`counted` for numbers: translations/*.po of pullquote then translate it. A constant at the top of a
module stays a plain text; a module that has some ends with `translate_constants(__name__)`, and
others take them from the module (`strings.NOT_SURE`). tests/pullquote_bot/test_translations.py says
what is missing in either, and `make messages` adds new sentences to the translations.

Discord's own sentences are in `discord_bot/strings/`, help texts in `command_line/`,
and an error's words where it is raised.
"""
