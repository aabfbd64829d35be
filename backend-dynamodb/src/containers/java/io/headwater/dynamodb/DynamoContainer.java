package io.headwater.dynamodb;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A service in a container, until it is closed. */
final class DynamoContainer implements AutoCloseable {
    private static final int LOCAL_PORT = 8000;
    private static final int LOCALSTACK_PORT = 4566;

    private final GenericContainer<?> running;

    private DynamoContainer(GenericContainer<?> running) {
        this.running = running;
    }

    /** Amazon's emulator. */
    static DynamoContainer startLocal() {
        return start(container("dynamodb.local.image").withExposedPorts(LOCAL_PORT));
    }

    static DynamoContainer startLocalStack() {
        return start(
                container("localstack.image").withEnv("SERVICES", "dynamodb").withExposedPorts(LOCALSTACK_PORT));
    }

    /** Of the image that this system property names. */
    private static GenericContainer<?> container(String imageProperty) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "the profile 'containers' needs Docker, or another engine with its interface, and none"
                            + " was found: start it, let this user use it or name it in DOCKER_HOST, or leave the profile out");
        }
        return new GenericContainer<>(DockerImageName.parse(System.getProperty(imageProperty)));
    }

    private static DynamoContainer start(GenericContainer<?> container) {
        container.start();
        return new DynamoContainer(container);
    }

    String endpoint() {
        return "http://%s:%s".formatted(running.getHost(), running.getFirstMappedPort());
    }

    @Override
    public void close() {
        running.close();
    }
}
