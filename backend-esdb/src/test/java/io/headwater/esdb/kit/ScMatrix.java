package io.headwater.esdb.kit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Append, delete and tombstone: every expectation against every state a stream can be in. */
final class ScMatrix {
    private ScMatrix() {}

    interface Setup {
        /** Brings the stream into the state and returns how many records its metadata stream then has. */
        int run(S s, String stream) throws Exception;
    }

    record State(String id, String words, boolean written, Setup setup) {}

    static final State[] STATES = {
        new State("missing", "a stream that was never written", false, (s, n) -> 0),
        new State("existing", "a stream with three events", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 3));
            return 0;
        }),
        new State("metaOnly", "a stream that has metadata and no event", false, (s, n) -> {
            s.append("$$" + n, S.Exp.NONE, s.meta("m0", "{\"$maxCount\":100}"));
            return 1;
        }),
        new State("softDeleted", "a stream of three events, deleted", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 3));
            s.delete(n, S.Exp.ANY);
            return 1;
        }),
        new State("recreated", "a stream of two events, deleted, and written once more", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 2));
            s.delete(n, S.Exp.ANY);
            s.append(n, S.Exp.NONE, s.ev("e2"));
            s.settle(n, 1);
            return 2;
        }),
        new State("tombstoned", "a stream of three events, tombstoned", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 3));
            s.tombstone(n, S.Exp.ANY);
            return 0;
        }),
        new State("truncatedHead", "a stream of three events with $tb 2", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 3));
            s.append("$$" + n, S.Exp.NONE, s.meta("m0", "{\"$tb\":2}"));
            return 1;
        }),
        new State("truncatedAll", "a stream of three events with $tb 3", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 3));
            s.append("$$" + n, S.Exp.NONE, s.meta("m0", "{\"$tb\":3}"));
            return 1;
        }),
        new State("truncatedBeyond", "a stream of three events with $tb 10", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 3));
            s.append("$$" + n, S.Exp.NONE, s.meta("m0", "{\"$tb\":10}"));
            return 1;
        }),
        new State("maxCount", "a stream of three events with $maxCount 1", true, (s, n) -> {
            s.append(n, S.Exp.NONE, s.evs("e", 0, 3));
            s.append("$$" + n, S.Exp.NONE, s.meta("m0", "{\"$maxCount\":1}"));
            return 1;
        }),
    };

    private static Map<String, S.Exp> expectations(State st) {
        Map<String, S.Exp> m = new LinkedHashMap<>();
        m.put("noStream", S.Exp.NONE);
        m.put("any", S.Exp.ANY);
        m.put("streamExists", S.Exp.EXISTS);
        if (st.written()) {
            m.put("tail", S.Exp.at(2));
            m.put("below", S.Exp.at(1));
            m.put("above", S.Exp.at(3));
        } else {
            m.put("revision0", S.Exp.at(0));
        }
        return m;
    }

    static void add(Catalog c) {
        for (State st : STATES) {
            expectations(st).forEach((name, exp) -> {
                c.add(
                        "append." + st.id() + "." + name,
                        "append two new events to " + st.words() + ", expecting " + name,
                        s -> {
                            String n = s.n("s");
                            int metas = st.setup().run(s, n);
                            S.Out<?> o = s.append(n, exp, s.ev("new0"), s.ev("new1"));
                            @SuppressWarnings("unchecked")
                            String v = S.verdict(
                                    (S.Out<io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp>) o);
                            s.observe("answer", v);
                            if (v.startsWith("success") && st.id().equals("softDeleted")) s.settle(n, metas);
                            s.readAll(n);
                            s.read(S.Rd.stream("$$" + n));
                        });
                c.add("delete." + st.id() + "." + name, "delete " + st.words() + ", expecting " + name, s -> {
                    String n = s.n("s");
                    st.setup().run(s, n);
                    s.observe("answer", s.delete(n, exp).ending());
                    s.readAll(n);
                    s.read(S.Rd.stream("$$" + n));
                });
                c.add("tombstone." + st.id() + "." + name, "tombstone " + st.words() + ", expecting " + name, s -> {
                    String n = s.n("s");
                    st.setup().run(s, n);
                    s.observe("answer", s.tombstone(n, exp).ending());
                    s.readAll(n);
                    s.read(S.Rd.stream("$$" + n));
                });
                if (st.id().equals("missing")
                        || st.id().equals("existing")
                        || st.id().equals("softDeleted")
                        || st.id().equals("tombstoned")) {
                    c.add(
                            "append.empty." + st.id() + "." + name,
                            "append nothing to " + st.words() + ", expecting " + name,
                            s -> {
                                String n = s.n("s");
                                st.setup().run(s, n);
                                s.observe("answer", S.verdict(s.append(n, exp)));
                                s.readAll(n);
                                s.read(S.Rd.stream("$$" + n));
                            });
                }
            });
        }
    }
}
