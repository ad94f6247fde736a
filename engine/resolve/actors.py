"""Actors: people and parties, and for whom they act."""

from __future__ import annotations

from engine.facts import Person

Actor = Person | str
"""A person, or a party by country code or body's short name."""
COUNTRIES = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM
    BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CSK CUB CUW
    CXR CYM CYP CZE DDR DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY
    GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL
    ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR
    MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU
    NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SCG SDN
    SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUN SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK
    TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM XKX YEM YMD
    YUG ZAF ZMB ZWE
    """.split()
)
"""The codes of ISO 3166-1, of vanished states too, as in the lexicon: bodies have such letters as well."""


def state_of(actor: Actor | None) -> str | None:
    """The state or body that an actor acts for."""
    return (actor.country or actor.organization) if isinstance(actor, Person) else actor


def is_country(code: str) -> bool:
    """Whether a party is a country by its code, and no body."""
    return code in COUNTRIES


def unique(actors: list[Actor | None]) -> list[Actor]:
    """The actors, each once, without the unknown."""
    found: list[Actor] = []
    for actor in actors:
        if actor is not None and actor not in found:
            found.append(actor)
    return found


def name_of(actor: Actor) -> str:
    """An actor as records name it."""
    return actor.name if isinstance(actor, Person) else actor
