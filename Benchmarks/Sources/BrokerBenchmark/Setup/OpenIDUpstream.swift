import Foundation
import HTTPTypes
import IdentityBroker
import JOSE
import OpenIDConnectProvider
import StrictJSON

/// An OpenID provider whose document and keys are asked for once, and answered within the process.
struct OpenIDUpstream: UpstreamTransport {
    static let instance: ProviderID = "op"

    private let document: UpstreamResponse
    private let keys: UpstreamResponse

    init(keySet: [UInt8]) {
        let issuer = IDTokens.issuer
        let metadata: JSONObject = [
            "issuer": .string(issuer), "authorization_endpoint": .string("\(issuer)/authorize"),
            "token_endpoint": .string("\(issuer)/token"), "jwks_uri": .string("\(issuer)/keys"),
            "id_token_signing_alg_values_supported": ["ES256"],
        ]
        document = UpstreamResponse(
            status: .ok, headerFields: [.cacheControl: "max-age=3600"], body: Array(metadata.jsonBytes))
        keys = UpstreamResponse(status: .ok, headerFields: [.cacheControl: "max-age=3600"], body: keySet)
    }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        request.head.path == "/keys" ? keys : document
    }

    /// An instance that admits this many logins at once, so that none has to queue.
    static func instance(inFlight: Int) throws -> ProviderInstance {
        try ProviderInstance(
            OpenIDConnectProvider.self,
            settings: .init(issuer: IDTokens.issuer, clientId: IDTokens.clientId),
            context: ProviderContext(id: instance),
            limits: .benchmark(inFlight: inFlight))
    }
}
