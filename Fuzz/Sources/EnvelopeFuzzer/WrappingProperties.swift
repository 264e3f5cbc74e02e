import FuzzSupport
import IdentityBroker
import StrictJSON

/// What an envelope around an accepted answer may change.
enum WrappingProperties {
    static func check(_ answer: Answer, _ identity: UpstreamIdentity) {
        let body = String(decoding: answer.body, as: UTF8.self)
        let text = JSONText.quoting(body)

        property("201 means what 200 means", holds: isMatch(identity, status: 201, body) == true)
        for wrapped in [
            #"{"code":200,"data":\#(body)}"#, #"{"code":"200","data":\#(text)}"#,
            #"{"statusCode":200,"message":"ok","data":\#(body)}"#,
        ] {
            property(
                "An envelope names the user that is in it, or is refused",
                holds: isMatch(identity, status: 200, wrapped) ?? true
            )
        }
        // One more level may be too deep.
        let locked = failure(status: 200, #"{"code":2005,"data":\#(body)}"#)
        property(
            "A code in the body outranks a record", holds: locked == .accessDenied || locked == .upstreamMisbehaved)
        property("A status of failure outranks a record", holds: failure(status: 503, body) == .upstreamUnavailable)
    }

    /// Whether the answer is about the same user; nil if it is refused because it is wrapped too often or nested too
    /// deeply.
    private static func isMatch(_ identity: UpstreamIdentity, status: Int, _ body: String) -> Bool? {
        switch Decoding.outcome(of: Answer(status: status, body: body)) {
        case .success(let other):
            other.standing == identity.standing && other.subject == identity.subject
                && other.agreements == identity.agreements && other.claims == identity.claims
                && other.alternateIdentifiers == identity.alternateIdentifiers
                && other.attributes == identity.attributes && other.notices == identity.notices
                && other.record == identity.record && other.token == identity.token
        case .failure(let error):
            error.kind == .upstreamMisbehaved ? nil : false
        }
    }

    private static func failure(status: Int, _ body: String) -> BrokerError.Kind? {
        guard case .failure(let error) = Decoding.outcome(of: Answer(status: status, body: body)) else { return nil }
        return error.kind
    }
}
