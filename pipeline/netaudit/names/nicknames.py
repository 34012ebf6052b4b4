"""Given names and what their bearers are called.

Written for this program from common knowledge: each line is a group, the formal name first. A
short form may stand in several groups (Alex, Chris); two names agree when they share a group.
"""

from __future__ import annotations

from functools import cache

from netaudit.names.folding import fold

_GROUPS = """
abigail abby gail
abraham abe bram
adrian ade
agnes aggie nessa
aidan ade
albert al bert bertie
albrecht albert
alejandro alex ale sandro
aleksander aleksandr alexandr olek alex sasha
aleksandra ola alex sasha
alessandro alex sandro ale
alexander alex al sandy sascha sasha xander lex alec
alexandra alex sandra sasha lexi alexa
alexandre alex
alexei alexey aleksey alyosha
alfred al fred alf freddie
alison ali allie
allan alan al allen
amanda mandy
anastasia stacy nastya ana
andreas andy andi
andrea andi
andrew andy drew andre
andrei andrey
angela angie
ann anne anna annie nan nancy
anthony tony ant
anton toni tony
antonio toni tony nino
arnold arnie
arthur art artie
barbara barb babs barbie bobbie
bartholomew bart
bartosz bartek
benedikt beni ben
benedict ben
benjamin ben benny benji
bernard bernie
bernhard bernd berni
bradley brad
brendan bren
brenton brent
bruce bru
calvin cal
cameron cam
carl karl
carolina caro lina
caroline carol carrie caro
carolyn carol lyn
cassandra cass cassie sandra
catherine cathy cat kate katie kathy cate
cecilia cece celia
charles charlie chuck chas charley
charlotte charlie lottie lotte
christian chris
christina chris tina chrissy
christine chris tina chrissy
christoph chris stoffel
christophe chris tof
christopher chris kit topher kris
clarence clarry
clifford cliff
clinton clint
constance connie
cornelius cor neil kees
cynthia cindy
daniel dan danny dani
danielle dani
david dave davey davy
dawid david
deborah deb debbie debby debra
denise dee
dennis denny
diana di
dieter didi
dimitri dima mitya
dmitry dmitri dima mitya dmitriy
dolores lola
dominic dom nick
dominique dom
donald don donny
dorothy dot dottie dolly
douglas doug
edgar ed
edmund ed ted
eduardo edu
edward ed eddie ted ned eddy
edwin ed
ekaterina katya kate
elaine lainey
eleanor ellie nell nora
elena lena
elizabeth liz beth betty eliza lizzie betsy libby lisa elisabeth bess
elisabeth lisa liz elise sissi betti
emanuel manu
emily em
emmanuel manu manny
enrique kike quique
eric erik ric rick
ernest ernie
esteban steve
eugene gene
evelyn eve evie
evgeny evgeni eugene zhenya yevgeny
federico fede fred
ferdinand ferdi fred
fernando fer nando
florence flo
florian flo
frances fran fanny francie
francesca fran chicca
francesco franco
francis frank fran
francisco paco pancho fran
frank frankie
franklin frank
franz francis
frederick fred freddie rick
frederic fred
friedrich fritz fried
gabriel gabe
gabriela gabi gaby
gabriele gabi
genevieve gen viv
geoffrey geoff jeff
george georgie
georg schorsch
gerald gerry jerry
gerhard gerd
gerard gerry
gertrude trudy gert
giovanni gianni
giuseppe beppe pino peppe
gregory greg
grigory grisha
grzegorz greg grzesiek
guillaume guigui
guillermo memo will
guenther gunther
gustav gus
gwendolyn gwen
hannah hanna
harald harry
harold harry hal
heinrich heinz heini
helen nell
helena lena
henry hank harry hal
herbert herb bert
howard howie
hubert hugh bert
hugo hugh
ian iain
ignacio nacho
immanuel manu
ivan vanya
isabella bella isa
isabelle belle isa
jacob jake jack
jacqueline jackie
jakub kuba jacob
jakob jacob
james jim jimmy jamie jem
jan janek
jane janie jenny
janet jan
janice jan
jason jay
javier javi xavi
jean jeannie
jeffrey jeff geoff jeffery
jennifer jen jenny jenn
jeremy jerry jez
jerome jerry
jessica jess jessie
jesus chuy
joachim jo achim jochen
joanna jo asia joasia
joanne jo
joao joaozinho
johann hans johannes
johannes hans jo hannes johann
johan joe
john johnny jack jon
jonathan jon johnny nathan jonny
jorge george
jose pepe
josef sepp joe
joseph joe joey jo
josephine jo josie
joshua josh
juan juanito
judith judy
julia jule
julian jules
julie jules
justin jus
karen kari
karl charles
katarzyna kasia kate
katharina kathi katja kati
katherine kate kathy katie kat kit kay
kathleen kathy kate katie kath
kathryn kate kathy katie kat
keith keithy
kenneth ken kenny
kevin kev
kimberly kim kimberley
konstantin kostya kosta
krzysztof chris krzysiek
kristina kris tina
kristin kris
larry lawrence laurence
lawrence larry laurie
laurence larry laurent
leonard leo len lenny
leonardo leo
leopold leo poldi
lillian lil lily
linda lindy lyn
louis lou louie
louise lou
lucas luke luc
lucia lucy
ludwig lutz
luis lucho
maciej maciek
madeleine maddie
magdalena magda lena
malgorzata gosia margaret
manuel manu manolo manny
marcus mark marc
margaret maggie meg peggy marge margie greta rita
margarete grete gretel
maria mia ria marie mary
mariana mari
marianne mary
marjorie marge margie
mark marc
martha marty
martin marty
martina tina
mary molly polly mae
mateusz matt
matthew matt mat matty
matthias matze matt
mathias matt
mathieu mat matt
maurice mo
maximilian max maxi
maxim max
maxwell max
megan meg
melanie mel
melissa mel missy lissa
melvin mel
michael mike mick mickey mikey micha michi
michaela michi
michal mike
michel mike mich
michelle shelly
miguel mike
mikhail misha mike
mildred millie
mitchell mitch
mohammad mohammed muhammad mohamed mo mohd
monika moni
nadezhda nadia
natalia natasha nat talia
natalie nat
nathan nate
nathaniel nate nat nathan
nicholas nick nicky nico
nicolas nico nick
nikolaus niko klaus nick
nikolai nikolay kolya nick
nicole nicky niki
norbert bert
norman norm
olena lena
oliver ollie olli
olivia liv livvy
oscar ossie
pamela pam
patricia pat patty trish tricia patsy
patrick pat paddy rick
paul paulie
pedro pete
penelope penny
peter pete
philip phil pip phillip
philipp phil
philippe phil
piotr peter piotrek
rachel rach
rafael rafa raf
ralph ralf
randall randy
randolph randy
raymond ray
rebecca becky becca
reginald reg reggie
reinhard reini
renate nate
ricardo rick richie
richard rick dick rich richie ricky
robert bob rob bobby robbie bert robby robb
roberto rob beto
roderick rod
rodney rod
roger rog
roland rolly
ronald ron ronnie
rosemary rose rosie
rudolf rudi rolf
rupert rupi
russell russ rusty
salvatore sal toto
samantha sam
samuel sam sammy
sandra sandy
sarah sara sally sadie
scott scotty
sebastian seb basti bastian
sebastien seb
sergei sergey serge sergio serhii
sharon shaz
shirley shirl
sidney sid
silvia silvi
simon si
sophia sophie
sofia sophie
stanislav stan slava stas
stanley stan
stefan steffen steve stef
stefanie steffi
stephanie steph stefanie
stephan steve steph stefan
stephen steve steph stevie steven
steven steve stephen stevie
stuart stu stewart
susan sue susie suzie suzy
susanne susi sanne
suzanne sue suzie
svetlana sveta lana
sylvester sly
tatiana tanya
terence terry
teresa terry tess tessa
terrance terry
thaddeus thad tad
theodor theo
theodore ted theo teddy
theresa terry tess tessa resi
thomas tom tommy thom
tiffany tiff
timothy tim timmy
tobias tobi toby
tomasz tom tomek
ulrich uli ulli
ulrike uli ulli
urszula ula
ursula uschi ulla
valentina val
valerie val
vanessa nessa
veronica ronnie vera
veronika vroni
victor vic
victoria vicky tori vicki
vincent vince vin vinny
vincenzo enzo vince
virginia ginny ginger
vladimir vlad volodya vova
volodymyr vova vlad
walter walt wally
wendell wendy
werner wern
wilhelm willi willy
willem wim will
william bill will billy willy liam
wladyslaw wladek
wojciech wojtek
wolfgang wolf wolfi
yekaterina katya kate
yevgeniy evgeny eugene
yuri yuriy yury
yvonne eve
zachary zach zack zak
zbigniew zbyszek
zoe zoey
"""


@cache
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_GROUPS.split("\n")):
        for name in fold(line).split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def groups(given: str) -> frozenset[int]:
    """Numbers of the groups that hold a folded given name; empty for an unknown one."""
    return _groups().get(given, frozenset())


@cache
def _members() -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for name, numbers in _groups().items():
        for number in numbers:
            found.setdefault(number, set()).add(name)
    return {number: frozenset(names) for number, names in found.items()}


@cache
def forms(given: str) -> frozenset[str]:
    """Every name that shares a group with a folded given name, itself among them."""
    return frozenset({given}).union(*(_members()[number] for number in groups(given)))


def same_person_may_be_called(one: str, other: str) -> bool:
    """Whether two different folded given names can be forms of one."""
    return bool(groups(one) & groups(other))
