import BrokerTokens
import Hummingbird
import IdentityBroker
import StrictJSON

/// `GET /providers` and `GET /providers/{id}/launch`: the labels and actions of a client's login buttons.
struct ProviderEndpoints: Sendable {
    let broker: Broker

    /// The enabled providers, in order.
    func list() -> Response {
        Response(answer: ["providers": .array(broker.enabledInstances.map { .object($0.offer) })])
    }

    /// What an app needs to open the provider's own app; 404 for a provider that does not exist, is disabled, or opens
    /// no app.
    func launch(_ id: String?) -> Response {
        guard let instance = broker.enabledInstances.first(where: { $0.id.rawValue == id }) else {
            return Response(
                OAuthError(.invalidRequest, "The provider does not exist or is disabled."), status: .notFound)
        }
        guard let request = instance.launchRequest else {
            return Response(
                OAuthError(.invalidRequest, "A login with this provider does not open another app."), status: .notFound)
        }
        return Response(answer: request.members(for: instance.id))
    }
}

extension ProviderInstance {
    /// What a client has to know to offer the provider.
    fileprivate var offer: JSONObject {
        var offer: JSONObject = [
            "id": .string(id.rawValue),
            "display_name": .string(displayName),
            "type": .string(manifest.type),
            "credentials": .strings(manifest.presentableKinds.map(\.rawValue)),
            "subject_token_types": .strings(manifest.presentableKinds.map(\.subjectTokenType)),
            "launch": .bool(launchRequest != nil),
            "browser": .bool(wantsBrowser),
        ]
        offer["icon"] = manifest.icon.map(JSONValue.string)
        return offer
    }
}
