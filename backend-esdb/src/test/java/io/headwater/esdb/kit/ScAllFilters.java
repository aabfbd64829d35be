package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;

/** Reading $all with filters. */
final class ScAllFilters {
    private ScAllFilters() {}

    private static final S.Exp NONE = S.Exp.NONE;

    static void add(Catalog c) {
        ScAll.three(
                c,
                "filter.twoPrefixes",
                "two stream prefixes",
                (s, p) -> s.read(
                        S.Rd.all().pos(p[0]).streamPrefix(s.n("a"), s.n("b")).count(10)));
        ScAll.three(
                c,
                "filter.onePrefix",
                "one stream prefix",
                (s, p) -> s.read(S.Rd.all().pos(p[0]).streamPrefix(s.n("a")).count(10)));
        ScAll.three(
                c,
                "filter.noMatch",
                "a stream prefix that nothing has",
                (s, p) -> s.read(S.Rd.all().pos(p[0]).streamPrefix(s.n("zzz")).count(10)));
        ScAll.three(
                c,
                "filter.noPrefix",
                "a stream filter without any expression",
                (s, p) -> s.readOwn(S.Rd.all()
                        .pos(p[0])
                        .streamPrefix()
                        .count(10)
                        .edit(b -> b.getFilterBuilder().getStreamIdentifierBuilder())));
        ScAll.three(
                c,
                "filter.emptyPrefix",
                "an empty stream prefix",
                (s, p) -> s.readOwn(S.Rd.all().pos(p[0]).streamPrefix("").count(100_000)));
        ScAll.three(
                c,
                "filter.nothing",
                "a filter with neither stream nor type",
                (s, p) -> s.read(S.Rd.all()
                        .pos(p[0])
                        .count(10)
                        .edit(b -> b.setFilter(
                                ReadReq.Options.FilterOptions.newBuilder().setMax(100)))));
        ScAll.three(
                c,
                "filter.noWindow",
                "a filter without a window",
                (s, p) -> s.read(ScAll.own(s)
                        .pos(p[0])
                        .count(10)
                        .edit(b -> b.getFilterBuilder().clearWindow())));
        ScAll.three(
                c,
                "filter.windowCount",
                "a filter with the window count",
                (s, p) -> s.read(ScAll.own(s)
                        .pos(p[0])
                        .count(10)
                        .edit(b -> b.getFilterBuilder().setCount(S.EMPTY))));
        ScAll.three(
                c,
                "filter.window1",
                "a filter with a window of one",
                (s, p) -> s.read(ScAll.own(s).pos(p[0]).count(10).window(1, 1)));
        ScAll.three(
                c,
                "filter.multiplier0",
                "a filtered read with checkpoint multiplier 0",
                (s, p) -> s.read(ScAll.own(s).pos(p[0]).count(10).window(100, 0)));
        ScAll.three(
                c,
                "filter.regex.anchored",
                "a stream regex with an anchor",
                (s, p) ->
                        s.read(S.Rd.all().pos(p[0]).streamRegex("^" + s.n("a")).count(10)));
        ScAll.three(c, "filter.regex.unanchored", "a stream regex without an anchor finds in the middle", (s, p) -> {
            s.prepare("pre" + s.n("b"), NONE, s.ev("c0"));
            s.read(S.Rd.all().pos(p[0]).streamRegex(s.n("b")).count(10));
        });
        ScAll.three(
                c,
                "filter.regex.invalid",
                "a regex that is none",
                (s, p) -> s.read(S.Rd.all().pos(p[0]).streamRegex("(").count(10)));
        ScAll.three(
                c,
                "filter.regex.javaQuote",
                "a regex with Java's \\Q and \\E",
                (s, p) -> s.read(S.Rd.all()
                        .pos(p[0])
                        .streamRegex("^\\Q" + s.n("a") + "\\E")
                        .count(10)));
        ScAll.three(
                c,
                "filter.regexAndPrefix",
                "regex and prefix at once: which wins",
                (s, p) -> s.read(S.Rd.all()
                        .pos(p[0])
                        .streamRegex("^" + s.n("a"))
                        .streamPrefix(s.n("b"))
                        .count(10)));
        ScAll.three(
                c,
                "filter.type.prefix",
                "a type prefix (other scenarios' events may match: only own are recorded)",
                (s, p) -> s.readOwn(S.Rd.all().pos(p[0]).typePrefix("Alpha").count(100_000)));
        ScAll.three(
                c,
                "filter.type.twoPrefixes",
                "two type prefixes",
                (s, p) -> s.readOwn(
                        S.Rd.all().pos(p[0]).typePrefix("Beta", "Alpha.").count(100_000)));
        ScAll.three(
                c,
                "filter.type.regex",
                "a type regex for two exact types",
                (s, p) -> s.readOwn(
                        S.Rd.all().pos(p[0]).typeRegex("^(Beta|Alpha)$").count(100_000)));
        ScAll.three(
                c,
                "filter.type.case",
                "a type prefix in the wrong case",
                (s, p) -> s.readOwn(S.Rd.all().pos(p[0]).typePrefix("alpha").count(100_000)));
        ScAll.three(
                c,
                "filter.notSystem",
                "the usual regex for everything but system events",
                (s, p) -> s.readOwn(S.Rd.all().pos(p[0]).typeRegex("^[^\\$].*").count(100_000)));
        ScAll.three(
                c,
                "filter.backward",
                "a stream prefix, backwards from the end",
                (s, p) -> s.read(
                        S.Rd.all().end().back().streamPrefix(s.n("a")).count(10).edit(b -> b.setCount(2))));
        c.add("all.filter.regex.newline", "does $ in a regex match before a line break at the end of a name", s -> {
            long p = s.prepare(s.n("x"), NONE, s.ev("a"));
            s.prepare(s.n("x\n"), NONE, s.ev("b"));
            s.prepare(s.n("x\ny"), NONE, s.ev("c"));
            s.observe(
                    "dollar",
                    S.events(s.read(S.Rd.all()
                                    .pos(p)
                                    .streamRegex("^" + s.n("x") + "$")
                                    .count(10))
                            .msgs()));
            s.observe(
                    "dot",
                    S.events(s.read(S.Rd.all()
                                    .pos(p)
                                    .streamRegex("^" + s.n("x") + ".*$")
                                    .count(10))
                            .msgs()));
            s.observe(
                    "backslash.z",
                    S.events(s.read(S.Rd.all()
                                    .pos(p)
                                    .streamRegex("^" + s.n("x") + "\\z")
                                    .count(10))
                            .msgs()));
        });
        c.add("all.filter.prefix.culture", "are prefixes compared by character or by culture", s -> {
            long p = s.prepare(s.n("\u00e9-1"), NONE, s.ev("composed").type(s.n("\u00e9")));
            s.prepare(s.n("e\u0301-1"), NONE, s.ev("decomposed").type(s.n("e\u0301")));
            s.prepare(s.n("E-1"), NONE, s.ev("capital"));
            s.prepare(s.n("so\u00adft"), NONE, s.ev("softHyphen"));
            s.prepare(s.n("stra\u00dfe"), NONE, s.ev("sharpS"));
            s.observe(
                    "composed",
                    S.events(
                            s.read(S.Rd.all().pos(p).streamPrefix(s.n("\u00e9")).count(10))
                                    .msgs()));
            s.observe(
                    "decomposed",
                    S.events(s.read(S.Rd.all()
                                    .pos(p)
                                    .streamPrefix(s.n("e\u0301"))
                                    .count(10))
                            .msgs()));
            s.observe(
                    "baseLetterOfDecomposed",
                    S.events(s.read(S.Rd.all().pos(p).streamPrefix(s.n("e")).count(10))
                            .msgs()));
            s.observe(
                    "lowerForCapital",
                    S.events(s.read(S.Rd.all().pos(p).streamPrefix(s.n("e-")).count(10))
                            .msgs()));
            s.observe(
                    "withoutSoftHyphen",
                    S.events(s.read(S.Rd.all().pos(p).streamPrefix(s.n("soft")).count(10))
                            .msgs()));
            s.observe(
                    "ssForSharpS",
                    S.events(
                            s.read(S.Rd.all().pos(p).streamPrefix(s.n("strass")).count(10))
                                    .msgs()));
            s.observe(
                    "onlySoftHyphen",
                    S.events(s.read(S.Rd.all()
                                    .pos(p)
                                    .streamPrefix(s.prefix + "\u00adso")
                                    .count(10))
                            .msgs()));
            s.observe(
                    "type.composed",
                    S.events(s.read(S.Rd.all().pos(p).typePrefix(s.n("\u00e9")).count(10))
                            .msgs()));
        });
        c.add("all.filter.manyPages", "a filter that matches 1 of 50, over more than one page", s -> {
            long p = s.prepare(s.n("m"), NONE, s.ev("m0"));
            for (int i = 0; i < 3; i++) {
                s.prepare(s.n("x"), S.Exp.ANY, s.evs("x" + i + "_", 0, 49));
                s.prepare(s.n("m"), S.Exp.ANY, s.ev("m" + (i + 1)));
            }
            s.read(S.Rd.all().pos(p).streamPrefix(s.n("m")).count(10));
            s.read(S.Rd.all().pos(p).streamPrefix(s.n("m")).count(2).window(10, 1));
        });
    }
}
