import HTTPTypes
import IdentityBroker

extension UpstreamURL {
    static func example(_ segments: String..., scheme: String = "https") -> UpstreamURL {
        guard let url = UpstreamURL("\(scheme)://upstream.example") else { preconditionFailure("no URL") }
        return segments.reduce(url) { $0.appending($1) }
    }
}

extension UpstreamRequest {
    /// The request that redeems a credential.
    static func redeeming(_ credential: Credential) -> UpstreamRequest {
        .post(
            json: Array(#"{"ticket":""#.utf8) + credential.value.revealBytes() + Array(#""}"#.utf8),
            to: .example("redeem"))
    }

    /// A request that has nothing to do with any credential.
    static func keys(_ name: String = "jwks") -> UpstreamRequest {
        UpstreamRequest(method: .get, url: .example(name))
    }
}
