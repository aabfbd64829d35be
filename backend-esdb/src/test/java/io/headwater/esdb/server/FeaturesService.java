package io.headwater.esdb.server;

import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.kurrent.dbclient.proto.serverfeatures.Serverfeatures;
import io.kurrent.dbclient.proto.shared.Shared;

/** {@code event_store.client.server_features.ServerFeatures}. */
final class FeaturesService extends ServerFeaturesGrpc.ServerFeaturesImplBase {
    private final Profile profile;

    FeaturesService(Profile profile) {
        this.profile = profile;
    }

    @Override
    public void getSupportedMethods(Shared.Empty request, StreamObserver<Serverfeatures.SupportedMethods> answers) {
        answers.onNext(SupportedMethods.of(profile));
        answers.onCompleted();
    }
}
