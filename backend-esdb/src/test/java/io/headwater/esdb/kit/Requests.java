package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The requests that scenarios send. */
abstract class Requests extends Words {
    static AppendReq options(String stream, Exp e) {
        AppendReq.Options.Builder o = AppendReq.Options.newBuilder();
        if (stream != null) o.setStreamIdentifier(sid(stream));
        if (e != null) {
            switch (e.name()) {
                case "noStream" -> o.setNoStream(EMPTY);
                case "any" -> o.setAny(EMPTY);
                case "streamExists" -> o.setStreamExists(EMPTY);
                default -> o.setRevision(e.rev());
            }
        }
        return AppendReq.newBuilder().setOptions(o).build();
    }

    static List<AppendReq> appendReqs(String stream, Exp e, Ev... evs) {
        List<AppendReq> l = new ArrayList<>();
        l.add(options(stream, e));
        for (Ev x : evs) l.add(x.req());
        return l;
    }

    /** A builder of read requests with what every request needs. */
    static final class Rd {
        final ReadReq.Options.Builder o = ReadReq.Options.newBuilder();

        Rd() {
            o.setNoFilter(EMPTY)
                    .setUuidOption(ReadReq.Options.UUIDOption.newBuilder().setStructured(EMPTY))
                    .setControlOption(ReadReq.Options.ControlOption.newBuilder().setCompatibility(1));
        }

        static Rd stream(String name) {
            Rd r = new Rd();
            r.o.getStreamBuilder().setStreamIdentifier(sid(name)).setStart(EMPTY);
            return r;
        }

        static Rd all() {
            Rd r = new Rd();
            r.o.getAllBuilder().setStart(EMPTY);
            return r;
        }

        Rd from(long rev) {
            o.getStreamBuilder().setRevision(rev);
            return this;
        }

        Rd pos(long p) {
            return pos(p, p);
        }

        Rd pos(long c, long p) {
            o.getAllBuilder()
                    .setPosition(ReadReq.Options.Position.newBuilder()
                            .setCommitPosition(c)
                            .setPreparePosition(p));
            return this;
        }

        Rd end() {
            if (o.hasAll()) o.getAllBuilder().setEnd(EMPTY);
            else o.getStreamBuilder().setEnd(EMPTY);
            return this;
        }

        Rd back() {
            o.setReadDirection(ReadReq.Options.ReadDirection.Backwards);
            return this;
        }

        Rd count(long n) {
            o.setCount(n);
            return this;
        }

        Rd sub() {
            o.setSubscription(ReadReq.Options.SubscriptionOptions.getDefaultInstance());
            return this;
        }

        Rd resolve() {
            o.setResolveLinks(true);
            return this;
        }

        Rd streamPrefix(String... p) {
            filter().getStreamIdentifierBuilder().addAllPrefix(List.of(p));
            return this;
        }

        Rd streamRegex(String r) {
            filter().getStreamIdentifierBuilder().setRegex(r);
            return this;
        }

        Rd typePrefix(String... p) {
            filter().getEventTypeBuilder().addAllPrefix(List.of(p));
            return this;
        }

        Rd typeRegex(String r) {
            filter().getEventTypeBuilder().setRegex(r);
            return this;
        }

        Rd window(int max, int multiplier) {
            filter().setMax(max).setCheckpointIntervalMultiplier(multiplier);
            return this;
        }

        ReadReq.Options.FilterOptions.Builder filter() {
            ReadReq.Options.FilterOptions.Builder f = o.getFilterBuilder();
            if (f.getWindowCase() == ReadReq.Options.FilterOptions.WindowCase.WINDOW_NOT_SET) {
                f.setMax(10_000).setCheckpointIntervalMultiplier(100_000);
            }
            return f;
        }

        Rd edit(Consumer<ReadReq.Options.Builder> c) {
            c.accept(o);
            return this;
        }

        ReadReq req() {
            boolean counted = o.getCountOptionCase() != ReadReq.Options.CountOptionCase.COUNTOPTION_NOT_SET;
            if (!counted) o.setCount(1000);
            // a read of $all with count 0 never ends on a real server
            if (o.hasAll() && o.hasCount() && o.getCount() == 0) throw new IllegalArgumentException("count 0 on $all");
            return ReadReq.newBuilder().setOptions(o).build();
        }
    }
}
