"""A small bot on plain discord.py that uses each feature of the loopback once.

Tests run SOURCE as a process.
"""

SOURCE = """
import asyncio, io, os, sys
import discord
from discord import app_commands, ui
from discord.ext import commands

discord.http.Route.BASE = sys.argv[1]
# After an invalid session discord.py connects to this address, not to the one from READY.
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = __import__("yarl").URL(sys.argv[3])
intents = discord.Intents.none()
intents.guilds = intents.guild_messages = intents.dm_messages = True


class Bot(commands.AutoShardedBot):
    async def setup_hook(self):
        self.add_dynamic_items()
        await self.tree.sync()

    async def before_identify_hook(self, shard_id, *, initial=False):
        pass


bot = Bot(
    command_prefix=commands.when_mentioned,
    intents=intents,
    guild_ready_timeout=0.1,
    help_command=None,
)


class Card(ui.LayoutView):
    def __init__(self, text):
        super().__init__(timeout=None)
        box = ui.Container(accent_colour=0x336699)
        box.add_item(ui.TextDisplay(text))
        box.add_item(ui.Separator())
        box.add_item(ui.Section(ui.TextDisplay("second"), accessory=Press("More", "more")))
        self.add_item(box)
        row = ui.ActionRow()
        row.add_item(Press("Form", "form"))
        row.add_item(Press("Gone", "gone", disabled=True))
        row.add_item(ui.Button(label="Source", url="https://example.org/a"))
        self.add_item(row)
        options = [
            discord.SelectOption(label="One", value="1"),
            discord.SelectOption(label="Two", value="2"),
        ]
        pick = ui.Select(custom_id="pick", placeholder="Pick one", options=options)
        async def picked(interaction):
            await interaction.response.edit_message(view=Card("picked " + pick.values[0]))
        pick.callback = picked
        menu = ui.ActionRow()
        menu.add_item(pick)
        self.add_item(menu)


class Press(ui.Button):
    def __init__(self, label, name, **more):
        super().__init__(label=label, custom_id=name, **more)

    async def callback(self, interaction):
        if self.custom_id == "form":
            await interaction.response.send_modal(Form())
        elif self.custom_id == "more":
            await interaction.response.defer()
            view = Card("more of " + str(interaction.message.id))
            await interaction.edit_original_response(view=view)


class Form(ui.Modal, title="Ask again"):
    question = ui.Label(
        text="Question", component=ui.TextInput(custom_id="question", max_length=50)
    )

    async def on_submit(self, interaction):
        await interaction.response.send_message(
            "You asked: " + self.question.component.value, ephemeral=True
        )


@bot.tree.command(description="Ask")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def ask(
    interaction: discord.Interaction,
    question: app_commands.Range[str, 1, 300],
    private: bool = False,
):
    await interaction.response.defer(ephemeral=private, thinking=True)
    await interaction.edit_original_response(view=Card("answer to " + question))
    if question == "twice":
        await interaction.followup.send("a follow-up", ephemeral=True)


@bot.tree.command(description="An article")
async def article(interaction: discord.Interaction, title: str, count: int = 3):
    file = discord.File(io.BytesIO(title.encode() * 3), filename="article.txt", description="whole")
    embed = discord.Embed(title=title, description="text").add_field(name="n", value=str(count))
    await interaction.response.send_message("here", embed=embed, file=file)


@article.autocomplete("title")
async def titles(interaction, current):
    return [
        app_commands.Choice(name=f"{current}our", value="1"),
        app_commands.Choice(name=f"{current}inger", value="2"),
    ]


@bot.tree.command(description="Layout with a file")
async def layout(interaction: discord.Interaction):
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("with a file"))
    view.add_item(ui.File("attachment://quotes.md"))
    file = discord.File(io.BytesIO(b"> quote"), filename="quotes.md")
    await interaction.response.send_message(view=view, file=file)


@bot.tree.command(description="Answers twice")
async def double(interaction: discord.Interaction):
    http = discord.webhook.async_.async_context.get()
    params = discord.webhook.async_.interaction_message_response_params(type=4, content="first")
    for _ in range(2):
        try:
            await http.create_interaction_response(
                interaction.id, interaction.token, session=interaction._session, params=params
            )
        except discord.HTTPException as error:
            await interaction.followup.send(f"{error.status} {error.code}")


@bot.tree.command(description="Late")
async def late(interaction: discord.Interaction):
    await asyncio.sleep(0.3)
    try:
        await interaction.response.send_message("too late")
    except discord.NotFound as error:
        await interaction.channel.send(f"{error.status} {error.code}")


@bot.tree.context_menu(name="Find in the archive")
async def find(interaction: discord.Interaction, message: discord.Message):
    await interaction.response.send_message("found " + message.content)


@bot.event
async def on_message(message):
    if message.author == bot.user:
        return
    if bot.user in message.mentions:
        thread = await message.create_thread(name="About it")
        await thread.send("in thread: " + message.content)
    elif message.guild is None:
        await message.reply("direct: " + message.content)
    elif message.content == "":
        await message.channel.send("hidden")


@bot.event
async def on_ready():
    print("ready", flush=True)


bot.add_dynamic_items = lambda *items: bot.add_view(Card("x"))
bot.run(sys.argv[2], log_level=int(os.environ.get("LEVEL", "30")))
"""
