package io.headwater.esdb;

import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A server of its own in a container, insecure and with its data in memory, until it is closed. */
final class EsdbContainer implements AutoCloseable {
    private static final int PORT = 2113;
    private static final Duration START = Duration.ofMinutes(2);

    private final GenericContainer<?> running;

    private EsdbContainer(GenericContainer<?> running) {
        this.running = running;
    }

    /** Of the image that this system property names, with the system projections or with none. */
    static EsdbContainer start(String imageProperty, boolean projections) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "the profile 'containers' needs Docker, or another engine with its interface, and none"
                            + " was found: start it, let this user use it or name it in DOCKER_HOST, or leave the profile out");
        }
        // KurrentDB understands the variables of EventStoreDB, too.
        GenericContainer<?> container = new GenericContainer<>(
                        DockerImageName.parse(System.getProperty(imageProperty)))
                .withEnv("EVENTSTORE_INSECURE", "true")
                .withEnv("EVENTSTORE_MEM_DB", "true")
                .withEnv("EVENTSTORE_TELEMETRY_OPTOUT", "true")
                .withEnv("EVENTSTORE_RUN_PROJECTIONS", projections ? "System" : "None")
                .withEnv("EVENTSTORE_START_STANDARD_PROJECTIONS", Boolean.toString(projections))
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/health/live").forPort(PORT).forStatusCode(204).withStartupTimeout(START));
        container.start();
        return new EsdbContainer(container);
    }

    String url() {
        return "esdb://%s:%s?tls=false".formatted(running.getHost(), running.getMappedPort(PORT));
    }

    @Override
    public void close() {
        running.close();
    }
}
