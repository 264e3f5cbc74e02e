import IdentityBroker
import StrictJSON

/// The result of a login as JSON: the identity, and what else was requested.
struct LoginReport {
    let identity: Identity
    let includesRecord: Bool
    let includesToken: Bool

    var members: JSONObject {
        var members = identity.members
        if includesRecord { members["upstream"] = identity.record ?? .null }
        if includesToken {
            members["upstream_token"] = (identity.upstreamToken?.reveal()).map(JSONValue.string) ?? .null
        }
        return members
    }
}
