"""English words whose forms share no ending: each line has the key first, then the forms it stands for."""

_LINES = """
win won winner winners winning victory victorious
buy bought purchase purchased purchases purchasing bought buying buys
die died dies dying dead death deaths
kill killed kills killing killings
meet met meets meeting meetings
sell sold sells selling sale sales
begin began begun begins beginning
become became becomes becoming
break broke broken breaks breaking
burn burnt burned burns burning
learn learnt learned learns learning
spell spelt spelled spells spelling
spill spilt spilled spills spilling
leap leapt leaped leaps leaping
dream dreamt dreamed dreams dreaming
bring brought brings bringing
build built builds building
catch caught catches catching
choose chose chosen chooses choosing choice
come came comes coming
cost costs costing costly
deal dealt deals dealing
draw drew drawn draws drawing
drive drove driven drives driving
eat ate eaten eats eating
fall fell fallen falls falling
feel felt feels feeling
fight fought fights fighting
find found finds finding findings
flee fled flees fleeing
fly flew flown flies flying flight flights
forbid forbade forbidden forbids
grow grew grown grows growing growth
hear heard hears hearing
hide hid hidden hides hiding
hit hits hitting
hold held holds holding
keep kept keeps keeping
lay laid lays laying
lead led leads leading leader leaders leadership
leave left leaves leaving
lend lent lends lending
lose lost loses losing loss losses loser
marry married marries marriage wed wedded wedding wife husband spouse
pay paid pays paying payment payments
quit quits quitting
ride rode ridden rides riding
rise rose risen rises rising
run ran runs running
see saw seen sees seeing
seek sought seeks seeking
send sent sends sending
set sets setting
shoot shot shoots shooting shootings shooter
show showed shown shows showing
shut shuts shutting
sing sang sung sings singing singer singers
sink sank sunk sinks sinking
speak spoke spoken speaks speaking speech
spend spent spends spending
spread spreads spreading
stand stood stands standing
steal stole stolen steals stealing theft
strike struck strikes striking
swear swore sworn swears
swim swam swum swims swimming
teach taught teaches teaching teacher
tear tore torn
think thought thinks thinking
throw threw thrown throws throwing
wear wore worn wears wearing
write wrote written writes writing writer author authored
bear born birth birthday bore
elect elected election elections electing electoral
resign resigned resigns resigning resignation
appoint appointed appoints appointing appointment
conquer conquered conquers conquering conquest conquests
invade invaded invades invading invasion
destroy destroyed destroys destroying destruction
produce produced produces producing production producer
launch launched launches launching
decide decided decides deciding decision
sign signed signs signing signature
ban banned bans banning
host hosted hosts hosting
join joined joins joining
approve approved approves approving approval
reject rejected rejects rejecting rejection refuse refused refuses refusing refusal
person people persons
man men
woman women
child children
foot feet
city cities
country countries nation nations
firm company companies corporation
film movie movies films
film movie
percent percentage
"""

BASE_FORMS: dict[str, str] = {
    form: line.split()[0] for line in _LINES.strip().splitlines() for form in line.split()
}
"""The key of a form, by the form; other words are stemmed."""
