"""How common a name is: the share of people who bear it.

The tables hold the names that are common enough to be borne twice among the few thousand people
of an archive, with their order of magnitude among the people of the countries where they are
common (census lists of the United States, Germany, France, Spain, China, Korea, India, Vietnam;
rounded on purpose). Everything else counts as `RARE_*`.
"""

from __future__ import annotations

import re

from netaudit.names.folding import fold
from netaudit.names.scripts import romanised

RARE_GIVEN = 3e-4
"""Share of a given name in no table."""
RARE_FAMILY = 2e-5
"""Share of a family name in no table."""
RARE_NATIVE = 1e-4
"""The same in another script than Latin, where more names are told apart."""
CHARACTER = 0.005
"""Share of a given name of one Chinese character."""
INITIAL = 0.08
"""Share of people whose given name begins with a given letter."""

_GIVEN = {
    0.02: """
        james john robert michael william david richard joseph thomas charles christopher daniel
        mary jose maria juan antonio wei mohammad mohammed muhammad ahmed jean
        """,
    0.008: """
        matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward
        ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin
        scott brandon benjamin samuel gregory frank alexander patrick raymond jack dennis jerry
        patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
        margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah
        stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela
        emma nicole helen samantha katherine christine debra rachel carolyn janet catherine
        andreas peter stefan christian martin wolfgang klaus juergen jurgen bernd uwe frank ralf
        petra sabine claudia susanne monika andrea ursula julia katrin birgit sandra
        pierre michel philippe alain nicolas marie isabelle nathalie francois laurent carlos luis
        francisco manuel jesus javier miguel pedro ana carmen ivan sergey sergei andrey alexey
        dmitry vladimir natalia elena olga marco giuseppe francesco luca alessandro
        jan piotr tomasz marcin ali hassan fatima min jing li lei yan hui amit rahul sanjay
        priya ravi kumar anil rajesh minh anh hiroshi takashi
        """,
}

_FAMILY = {
    0.05: "wang li zhang kim lee nguyen chen liu singh kumar tran park",
    0.008: """
        smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez
        gonzalez lopez fernandez sanchez perez yang huang zhao wu zhou xu sun ma zhu hu lin guo he
        choi jung kang cho yoon jang lim le pham hoang phan vu khan ali ahmed sharma gupta patel
        mueller muller schmidt martin silva santos
        """,
    0.002: """
        wilson anderson thomas taylor moore jackson white harris thompson young robinson walker
        allen king wright scott torres hill flores green adams nelson baker hall rivera campbell
        mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes
        stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey
        reed kelly howard ramos cox ward richardson watson brooks chavez wood james bennett gray
        mendoza ruiz hughes price alvarez castillo sanders myers long ross foster jimenez clark
        lewis ramirez schneider fischer weber meyer maier meier mayer wagner becker schulz
        hoffmann hofmann koch bauer richter klein wolf schroeder schroder neumann schwarz
        zimmermann braun krueger kruger hartmann lange schmitt werner krause lehmann bernard dubois
        durand leroy moreau laurent simon michel lefebvre rossi russo ferrari esposito bianchi
        romano jansen vries bakker visser smit ivanov petrov smirnov kuznetsov popov novak kowalski
        nowak jensen nielsen hansen pedersen andersen larsen olsen johansen andersson johansson
        karlsson nilsson eriksson sato suzuki takahashi tanaka watanabe ito yamamoto nakamura
        kobayashi chan wong tan ng lam ho cheng tang deng xie han shen jain das reddy rao shah mehta
        verma mishra pandey iyer nair oliveira souza pereira costa ferreira rodrigues almeida
        """,
    0.0006: """
        butler simmons romero jordan patterson hamilton graham reynolds griffin wallace moreno west
        cole hayes bryant herrera gibson ellis stevens murray ford castro marshall owens mcdonald
        harrison ruiz kennedy wells alvarez woods mendoza castillo olson webb washington tucker
        freeman burns henry vasquez snyder simpson crawford jimenez porter mason shaw gordon wagner
        hunter romero hicks dixon hunt palmer robertson black holmes stone meyer boyd mills warren
        fox rose rice moreno schmidt patel ferguson nichols herrera medina ryan fernandez weaver
        daniels stephens gardner payne kelley dunn pierce arnold tran spencer peters hawkins grant
        hansen castro hoffman hart elliott cunningham knight bradley carroll hudson duncan
        armstrong berry andrews johnston ray lane riley carpenter perkins aguilar silva richards
        willis matthews chapman lawrence garza vargas watkins wheeler larson carlson harper george
        greene burke guzman morrison munoz jacobs obrien lawson franklin lynch bishop carr salazar
        austin mendez gilbert jensen williamson montgomery harvey oliver howell dean hanson weber
        garrett sims burton fuller soto mccoy welch chen schultz walters reid fields walsh little
        fowler bowman davidson may day schneider newman brewer lucas holland wong banks santos
        curtis pearson delgado valdez pena rios douglas sandoval barrett hopkins keller guerrero
        stanley bates alvarado beck ortega wade estrada contreras barnett caldwell
        vogel schubert friedrich scholz moeller koehler keller huber maier kaiser fuchs peters lang
        scholz jung hahn vogt schumacher winkler gunther frank berger winter arnold seidel lorenz
        baumann franke albrecht schuster simon ludwig boehm kraus martin jager otto stein gross
        haas graf heinrich seifert kuhn sommer dietrich ziegler engel busch kuehn brandt pohl horn
        petit robert richard roux david bertrand morel fournier girard bonnet dupont lambert
        fontaine rousseau vincent muller lefevre mercier blanc guerin boyer garnier chevalier
        ricci marino greco bruno gallo conti mancini rizzo lombardi moretti barbieri
        serrano blanco molina moreno suarez ortega delgado castro rubio marin iglesias nunez medina
        peeters dekker mulder bos peters hendriks dijkstra brouwer
        wisniewski wojcik kaminski lewandowski zielinski szymanski wozniak
        sokolov lebedev kozlov morozov volkov novikov svensson gustafsson lindberg berg haugen
        saito yoshida yamada sasaki matsumoto inoue kimura hayashi shimizu
        cai deng feng gao guan han hou jiang liang luo peng qian qin song tian wen xia xiao yao
        yin yu yuan zeng zheng zhong zou oh shin han seo kwon hwang ahn song
        mukherjee banerjee chatterjee ghosh agarwal aggarwal bose chopra desai joshi kapoor malhotra
        menon naidu pillai saxena srivastava trivedi yadav
        """,
}


def _table(shares: dict[float, str]) -> dict[str, float]:
    rising = sorted(shares.items())  # a name in two lists has the larger share
    return {name: share for share, names in rising for name in fold(names).split()}


_GIVEN_SHARE = _table(_GIVEN)
_FAMILY_SHARE = _table(_FAMILY)


def given_share(given: str) -> float:
    """Share of people with this folded given name; an initial stands for all it may begin."""
    if len(given) == 1:
        return INITIAL if given.isascii() else CHARACTER
    if not given.isascii():
        return _GIVEN_SHARE.get(romanised(given), RARE_NATIVE)
    return _GIVEN_SHARE.get(given, RARE_GIVEN)


EAST_ASIAN = frozenset(
    fold(
        """
        wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu lin guo he luo liang song
        zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai
        jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong
        jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin
        kim lee park choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song
        hong yoo ko moon son bae baek chan wong cheung lam leung ng chow yeung chang hsu tsai
        nguyen tran le pham hoang phan vu vo dang bui do ho ngo duong
        """
    ).split()
)
"""Families from where given names are many syllables put together: in Latin letters, without tones,
more people share one than a table of given names tells."""
SYLLABLES_SHARE = 1.5e-3
"""Share of a given name of one or two East Asian syllables among them, at least."""
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|ky|hy|my|th|ph|[bpmfdtnlgkhjqxrzcsywv])?[aeiou]{1,3}(?:ng|nh|n|k|m|l)?){1,2}"
)


def least_given_share(given: str, family: str) -> float:
    """Share of a given name among bearers of a family name, at least; 0 for most."""
    syllables = family in EAST_ASIAN and _SYLLABLES.fullmatch(given)
    return SYLLABLES_SHARE if syllables else 0.0


def family_share(family: str) -> float:
    """Share of people with this folded family name."""
    return _FAMILY_SHARE.get(romanised(family), RARE_FAMILY)
