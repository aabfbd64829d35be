package io.headwater.esdb;

class NewestProjectionContainerTckTest extends ContainerTck {
    NewestProjectionContainerTckTest() {
        super("esdb.newest.image", "projection");
    }
}
