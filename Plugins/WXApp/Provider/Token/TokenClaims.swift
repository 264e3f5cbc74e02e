#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import StrictJSON

/// What GenAuth's token says: `data` with `id`, `clientId` (the user pool) and `unionid`, or `sub` in an ID token of the
/// later service.
struct TokenClaims {
    let id: JSONValue?
    let clientId: JSONValue?
    let unionid: JSONValue?
    let subject: JSONValue?
    /// `exp` (RFC 7519 §4.1.4); nil where it is absent or no time of this or the next seven thousand years.
    let expiry: Date?

    /// Nil where `data` is there and no object.
    init?(_ payload: JSONObject) {
        if let data = payload["data"], data.object == nil { return nil }
        let data = payload["data"]
        id = data?["id"]
        clientId = data?["clientId"]
        unionid = data?["unionid"]
        subject = payload["sub"]
        expiry = payload["exp"]?.double.flatMap { seconds in
            (0...UpstreamTime.latest).contains(seconds) ? Date(timeIntervalSince1970: seconds) : nil
        }
    }
}
