package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.serverfeatures.Serverfeatures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the real server says that it can do, more than this one does. */
final class SupportedMethods {
    private record Service(String name, String methods, String... features) {}

    private static final String PREFIX = "event_store.client.";
    private static final Map<String, String> OF_METHODS =
            Map.of("streams.streams/read", "position events", "streams.streams/batchappend", "deadline_duration");

    private static final Service PROJECTIONS = new Service(
            "projections.projections",
            "create update delete statistics disable enable reset state result restartsubsystem");
    private static final Service REDACTION = new Service("redaction.redaction", "geteventpositions switchchunks");
    private static final List<Service> OTHERS = List.of(
            new Service(
                    "persistent_subscriptions.persistentsubscriptions",
                    "create update delete read getinfo replayparked list restartsubsystem",
                    "stream",
                    "all"),
            new Service("users.users", "create update delete disable enable details changepassword resetpassword"),
            new Service("streams.streams", "read append delete tombstone batchappend"),
            new Service(
                    "operations.operations",
                    "startscavenge stopscavenge shutdown mergeindexes resignnode setnodepriority "
                            + "restartpersistentsubscriptions"),
            new Service("gossip.gossip", "read"),
            new Service("monitoring.monitoring", "stats"),
            new Service("server_features.serverfeatures", "getsupportedmethods"));

    private SupportedMethods() {}

    static Serverfeatures.SupportedMethods of(Profile profile) {
        Stream<Service> first = Stream.of(profile == Profile.V23_10 ? REDACTION : PROJECTIONS);
        Stream<Service> last = Stream.of(profile == Profile.V23_10 ? PROJECTIONS : REDACTION);
        Serverfeatures.SupportedMethods.Builder methods =
                Serverfeatures.SupportedMethods.newBuilder().setEventStoreServerVersion(profile.version());
        Stream.concat(first, Stream.concat(OTHERS.stream(), last))
                .flatMap(SupportedMethods::methods)
                .forEach(methods::addMethods);
        return methods.build();
    }

    private static Stream<Serverfeatures.SupportedMethod> methods(Service service) {
        return Stream.of(service.methods().split(" ")).map(method -> {
            Serverfeatures.SupportedMethod.Builder supported = Serverfeatures.SupportedMethod.newBuilder()
                    .setServiceName(PREFIX + service.name())
                    .setMethodName(method)
                    .addAllFeatures(List.of(service.features()));
            if (service == PROJECTIONS && method.equals("create")) {
                supported.addFeatures("track_emitted_streams");
            }
            String features = OF_METHODS.get(service.name() + "/" + method);
            if (features != null) {
                supported.addAllFeatures(List.of(features.split(" ")));
            }
            return supported.build();
        });
    }

    /** Whether a service of that name, in any case, exists at the server. */
    static boolean knows(String service) {
        Set<Service> first = Set.of(PROJECTIONS, REDACTION);
        return Stream.concat(first.stream(), OTHERS.stream())
                .anyMatch(known -> service.equalsIgnoreCase(PREFIX + known.name()));
    }
}
