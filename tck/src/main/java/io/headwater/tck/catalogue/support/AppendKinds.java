package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Appends of every kind, to streams in every state, each of which is written if it is made once. */
public final class AppendKinds {
    private static final int LARGE = 70 << 10;
    private static final int ENTRIES = 20;
    private static final int LONG_TYPE = 100;
    private static final int WRITES = 12;
    private static final int CHECKS = 5;

    private final RuleContext rule;

    public AppendKinds(RuleContext rule) {
        this.rule = rule;
    }

    /** One of each kind, to different streams. */
    public List<AppendRequest> all() {
        List<AppendRequest> all = new ArrayList<>();
        all.addAll(ofCounts());
        all.addAll(ofContents());
        all.addAll(ofVersions());
        all.add(AppendRequest.to(StreamId.of("n".repeat(100) + rule.name()), any(), rule.event()));
        if (supports(Capability.STREAM_ADMIN)) {
            all.addAll(ofHidden());
        }
        if (supports(Capability.MULTI_STREAM_APPEND)) {
            all.add(ofSeveral());
        }
        return all;
    }

    private boolean supports(Capability capability) {
        return rule.store().capabilities().supports(capability);
    }

    private AppendRequest request(ExpectedVersion expected, List<EventData> events) {
        return AppendRequest.to(rule.stream(), expected, events);
    }

    private List<AppendRequest> ofCounts() {
        int most = rule.store().capabilities().limits().maxEventsPerAppend();
        return IntStream.of(1, 2, 101, 257, 1001)
                .filter(count -> count <= most)
                .mapToObj(count -> request(noStream(), Many.small(rule, count)))
                .toList();
    }

    private List<AppendRequest> ofContents() {
        Map<String, String> entries = new LinkedHashMap<>();
        IntStream.range(0, ENTRIES).forEach(i -> entries.put("key" + i, "value " + i));
        return List.of(
                request(any(), List.of(binary(new byte[LARGE]))),
                request(any(), List.of(binary(new byte[0]))),
                request(any(), List.of(rule.event().withMetadata(Metadata.of(entries)))),
                request(any(), List.of(rule.event("T".repeat(LONG_TYPE)))));
    }

    private EventData binary(byte[] data) {
        return EventData.of("Happened", Payload.binary(data)).withId(rule.id());
    }

    /** To streams of one, two, three and four digits. */
    private List<AppendRequest> ofVersions() {
        List<AppendRequest> all = new ArrayList<>();
        for (int version : List.of(1, 10, 100, 1000)) {
            for (ExpectedVersion expected : List.of(exactly(version), streamExists(), any())) {
                StreamId stream = rule.stream();
                Many.append(rule, stream, version);
                all.add(AppendRequest.to(stream, expected, rule.events(2)));
            }
        }
        return all;
    }

    private List<AppendRequest> ofHidden() {
        List<AppendRequest> all = new ArrayList<>();
        for (ExpectedVersion expected : List.of(noStream(), any(), exactly(12))) {
            StreamId stream = rule.stream();
            rule.write(stream, 12);
            rule.admin().delete(stream, any());
            all.add(AppendRequest.to(stream, expected, rule.events(2)));
        }
        for (ExpectedVersion expected : List.of(streamExists(), any(), exactly(12))) {
            StreamId stream = rule.stream();
            rule.write(stream, 12);
            rule.admin().truncateBefore(stream, 11);
            all.add(AppendRequest.to(stream, expected, rule.events(2)));
        }
        return all;
    }

    private AppendRequest ofSeveral() {
        List<StreamWrite> writes = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            StreamId stream = rule.stream();
            Many.append(rule, stream, i);
            writes.add(new StreamWrite(stream, i % 2 == 0 ? exactly(i) : any(), rule.events(1 + i % 3)));
        }
        List<StreamCheck> checks = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            StreamId stream = rule.stream();
            Many.append(rule, stream, i);
            checks.add(new StreamCheck(stream, i % 2 == 0 ? exactly(i) : streamExists()));
        }
        return new AppendRequest(writes, checks);
    }
}
