package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters on $all: what its regular expressions can do and cost, and which windows are taken. */
final class ScFilter {
    private ScFilter() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;
    private static final String SMILE = "\ud83d\ude00";

    static void add(Catalog c) {
        regexes(c);
        costs(c);
        windows(c);
    }

    /** Reads with the pattern and observes how many events came, or how it ended. */
    private static void find(S s, long p, String key, boolean type, String regex) throws Exception {
        S.Rd r = S.Rd.all().pos(p);
        S.Out<ReadResp> o = s.read((type ? r.typeRegex(regex) : r.streamRegex(regex)).count(20));
        s.observe(key, o.ok() ? String.valueOf(S.events(o.msgs())) : o.ending());
    }

    private static void regexes(Catalog c) {
        for (boolean type : new boolean[] {false, true}) {
            c.add(
                    "regex.astral." + (type ? "type" : "stream"),
                    "characters beyond the first plane in " + (type ? "types" : "stream names")
                            + " and patterns: what a dot is, classes, escapes",
                    s -> {
                        String[] names = {s.n(SMILE), s.n(SMILE + "x"), s.n("\ud83d\ude02"), s.n("a"), s.n("\u00e4")};
                        long p = 0;
                        for (int i = 0; i < names.length; i++) {
                            long q = type
                                    ? s.prepare(s.n("s"), ANY, s.ev("e" + i).type(names[i]))
                                    : s.prepare(names[i], NONE, s.ev("e" + i));
                            if (p == 0) p = q;
                        }
                        String b = "^" + s.prefix;
                        find(s, p, "literal", type, b + SMILE);
                        find(s, p, "literal.z", type, b + SMILE + "\\z");
                        find(s, p, "dot.z", type, b + ".\\z");
                        find(s, p, "twoDots.z", type, b + "..\\z");
                        find(s, p, "class", type, b + "[" + SMILE + "\ud83d\ude02]\\z");
                        find(s, p, "class.plus", type, b + "[" + SMILE + "\ud83d\ude02]+\\z");
                        find(s, p, "group", type, b + "(?:" + SMILE + "|\ud83d\ude02)\\z");
                        find(s, p, "escapedPair", type, b + "\\uD83D\\uDE00\\z");
                        find(s, p, "escapedHalf", type, b + "\\uD83D");
                        find(s, p, "codePoint", type, b + "\\x{1F600}");
                        find(s, p, "notLetter", type, b + "\\W+\\z");
                        find(s, p, "surrogate", type, b + "\\p{Cs}");
                        find(s, p, "umlaut.escaped", type, b + "\\u00e4\\z");
                        find(s, p, "umlaut.ignoreCase", type, b + "(?i)\\u00c4\\z");
                        find(s, p, "quantified", type, b + SMILE + "?x");
                    });
        }
        c.add("regex.lookAhead", "the constructs that a backend might use: look-ahead, groups, \\z, flags", s -> {
            long p = s.prepare(s.n("or-1"), NONE, s.ev("e0"));
            s.prepare(s.n("ord-1"), NONE, s.ev("e1"));
            s.prepare(s.n("ord-12"), NONE, s.ev("e2"));
            s.prepare(s.n("cust-1"), NONE, s.ev("e3"));
            s.prepare(s.n("plain"), NONE, s.ev("e4"));
            s.prepare(s.n("ORD-1"), NONE, s.ev("e5"));
            String b = s.prefix;
            find(s, p, "groups", false, "^(?:" + b + "or|" + b + "cust)-");
            find(s, p, "ahead", false, "^(?=" + b + "or)(?:" + b + "ord|" + b + "cust)-");
            find(s, p, "ahead.two", false, "^(?=" + b + "ord-1)(?:" + b + "ord|" + b + "or)-");
            find(s, p, "ahead.not", false, "^(?!" + b + "or)" + b);
            find(s, p, "behind", false, "^" + b + ".*(?<=-1)\\z");
            find(s, p, "z", false, "^" + b + "ord-1\\z");
            find(s, p, "capitalZ", false, "^" + b + "ord-1\\Z");
            find(s, p, "capitalA", false, "\\A" + b + "ord-1\\z");
            find(s, p, "atomic", false, "^(?>" + b + "or)-");
            find(s, p, "possessive", false, "^" + b + "or++-");
            find(s, p, "ignoreCase", false, "^(?i)" + b + "ord-1\\z");
            find(s, p, "comment", false, "^" + b + "(?#x)ord-1\\z");
            find(s, p, "freeSpacing", false, "(?x)^" + b + " ord - 1 \\z");
            find(s, p, "namedGroup", false, "^" + b + "(?<c>or)-");
            find(s, p, "backReference", false, "^" + b + "(o)r\\1");
            find(s, p, "nothing", false, "(?!)");
            find(s, p, "everything.ofOwn", false, "^" + b);
        });
        c.add("regex.newline.type", "types with a line break at the end: $, \\Z, \\z", s -> {
            long p = s.prepare(s.n("s"), ANY, s.ev("a").type(s.n("T")));
            s.prepare(s.n("s"), ANY, s.ev("b").type(s.n("T\n")));
            s.prepare(s.n("s"), ANY, s.ev("c").type(s.n("T\nx")));
            find(s, p, "dollar", true, "^(?:" + s.n("T") + ")$");
            find(s, p, "capitalZ", true, "^(?:" + s.n("T") + ")\\Z");
            find(s, p, "z", true, "^(?:" + s.n("T") + ")\\z");
            find(s, p, "z.escaped.newline", true, "^" + s.n("T") + "\\n\\z");
            find(s, p, "z.literal.newline", true, "^" + s.n("T\n") + "\\z");
        });
        c.add(
                "regex.escaped",
                "every ASCII character that is no letter and no digit, escaped by a backslash, finds the very name",
                s -> {
                    StringBuilder good = new StringBuilder();
                    StringBuilder bad = new StringBuilder();
                    long p = s.prepare(s.n("first"), NONE, s.ev("first"));
                    for (char ch = ' '; ch < 127; ch++) {
                        if (Character.isLetterOrDigit(ch)) continue;
                        s.bulk(s.n("a" + ch + "b"), NONE, s.ev("e" + (int) ch));
                    }
                    for (char ch = ' '; ch < 127; ch++) {
                        if (Character.isLetterOrDigit(ch)) continue;
                        S.Out<ReadResp> o = s.peek(S.Rd.all()
                                .pos(p)
                                .streamRegex("^" + s.n("a") + "\\" + ch + "b\\z")
                                .count(5));
                        boolean ok = S.events(o.msgs()) == 1
                                && S.streamOf(S.original(o.msgs().get(0))).equals(s.n("a" + ch + "b"));
                        (ok ? good : bad).append(ch);
                    }
                    s.observe("found", good.toString());
                    s.observe("not.found", bad.toString());
                });
        for (int len : new int[] {1_000, 20_000, 200_000}) {
            c.once(
                    "regex.long." + len,
                    60,
                    "a pattern of " + len + " characters: alternatives of ten characters",
                    s -> {
                        long p = s.prepare(s.n("cat-1"), NONE, s.ev("a"));
                        s.prepare(s.n("zzz-1"), NONE, s.ev("b"));
                        S.Out<ReadResp> o = s.silent(
                                io.kurrent.dbclient.proto.streams.StreamsGrpc.getReadMethod(),
                                List.of(S.Rd.all()
                                        .pos(p)
                                        .streamRegex("^(?:" + alternatives(len) + s.n("cat") + ")-")
                                        .count(5)
                                        .req()),
                                45_000);
                        s.observe("answer", o.ok() ? S.events(o.msgs()) + " events" : o.ending());
                    });
        }
        c.once("regex.long.sub", 40, "a subscription with a pattern of 200 000 characters", s -> {
            long p = s.prepare(s.n("cat-1"), NONE, s.ev("a"));
            Wire<ReadReq, ReadResp> w = S.begin(
                    s.channel,
                    io.kurrent.dbclient.proto.streams.StreamsGrpc.getReadMethod(),
                    List.of(S.Rd.all()
                            .pos(p)
                            .streamRegex("^(?:" + alternatives(200_000) + s.n("cat") + ")-")
                            .sub()
                            .req()));
            s.poll(20_000, () -> w.isClosed() || w.responses().stream().anyMatch(ReadResp::hasConfirmation));
            s.bulk(s.n("cat-2"), NONE, s.ev("b"));
            s.bulk(s.n("dog-2"), NONE, s.ev("c"));
            s.poll(5_000, () -> w.isClosed() || S.events(w.responses()) >= 1);
            s.observe("confirmed", w.responses().stream().anyMatch(ReadResp::hasConfirmation));
            s.observe("events", S.events(w.responses()));
            s.observe("ended", w.ending());
            w.cancel("end");
        });
    }

    private static String alternatives(int chars) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; b.length() < chars; i++) b.append(String.format(Locale.ROOT, "x%08d|", i));
        return b.toString();
    }

    private static void costs(Catalog c) {
        c.once("regex.cost", 150, "what a filter costs: by itself, and on 5000 events", s -> {
            long p = 0;
            for (int i = 0; i < 50; i++) {
                long q = s.bulk(s.n("cat" + i % 25 + "-" + i), ANY, s.evs("e" + i + "_", 0, 100));
                if (p == 0) p = q;
            }
            String cats = "";
            for (int i = 0; i < 20; i++) cats += (i == 0 ? "" : "|") + s.n("cat" + i);
            Map<String, S.Rd> m = new LinkedHashMap<>();
            long head =
                    S.positions(s.peek(S.Rd.all().end().back().count(1)).msgs()).get(0);
            m.put("none", S.Rd.all());
            m.put("prefix", S.Rd.all().streamPrefix(s.prefix));
            m.put("regex", S.Rd.all().streamRegex("^" + s.prefix));
            m.put("regex.cats20", S.Rd.all().streamRegex("^(?:" + cats + ")-"));
            m.put("regex.ahead", S.Rd.all().streamRegex("^(?=" + s.prefix + ")(?:" + cats + ")-"));
            m.put("regex.notSystem", S.Rd.all().streamRegex("^[^$]"));
            m.put("regex.type", S.Rd.all().typeRegex("^(?:Tested|Other)\\z"));
            m.put("regex.noMatch", S.Rd.all().streamRegex("^nothing-"));
            m.put("regex.20000", S.Rd.all().streamRegex("^(?:" + alternatives(20_000) + s.prefix + ")"));
            m.put("regex.200000", S.Rd.all().streamRegex("^(?:" + alternatives(200_000) + s.prefix + ")"));
            for (S.Rd r : m.values()) {
                s.peek(r.pos(head).count(1));
                s.peek(r.pos(p).count(5000));
            }
        });
    }

    private static void windows(Catalog c) {
        Map<String, Integer> w = new LinkedHashMap<>();
        for (int n : new int[] {1, 2, 31, 32, 33, 2_000, 10_000, 10_001, 1_000_000}) w.put(String.valueOf(n), n);
        w.put("intMax", Integer.MAX_VALUE);
        w.put("uintMax", -1);
        w.put("0", 0);
        w.forEach((name, n) -> {
            c.add(
                    "window." + name + ".read",
                    "a filtered read with a window of " + name + ", four matches in 151 events",
                    s -> {
                        long p = s.prepare(s.n("m"), NONE, s.ev("m0"));
                        for (int i = 0; i < 3; i++) {
                            s.bulk(s.n("x"), ANY, s.evs("x" + i + "_", 0, 49));
                            s.prepare(s.n("m"), ANY, s.ev("m" + (i + 1)));
                        }
                        S.Out<ReadResp> o = s.read(S.Rd.all()
                                .pos(p)
                                .streamRegex("^" + s.n("m") + "\\z")
                                .window(n, 1)
                                .count(10));
                        s.observe("answer", o.ok() ? S.events(o.msgs()) + " events" : o.ending());
                        S.Out<ReadResp> b = s.read(S.Rd.all()
                                .end()
                                .back()
                                .streamRegex("^" + s.n("m") + "\\z")
                                .window(n, 1)
                                .count(4));
                        s.observe("backwards", b.ok() ? S.events(b.msgs()) + " events" : b.ending());
                    });
            c.add("window." + name + ".sub", "a filtered subscription with a window of " + name, s -> {
                long p = s.prepare(s.n("m"), NONE, s.ev("m0"));
                s.bulk(s.n("x"), ANY, s.evs("x", 0, 49));
                s.prepare(s.n("m"), ANY, s.ev("m1"));
                S.Sub sub = s.subscribeAll(
                        S.Rd.all().pos(p).streamRegex("^" + s.n("m") + "\\z").window(n, 1));
                s.observe("history", sub.untilEvents(1));
                s.observe("caughtUp", sub.untilCaughtUp());
                s.append(s.n("m"), ANY, s.ev("m2"));
                s.observe("live", sub.untilEvents(1));
                s.observe("ended.by.server", sub.w.isClosed());
                sub.stop();
            });
        });
    }
}
