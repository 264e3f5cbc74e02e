import Foundation
import StrictJSON

/// The claims of GenAuth's token: `data` with `id`, `clientId` (the user pool) and `unionid`, or `sub` in an ID token
/// of the later service.
struct TokenClaims {
    let id: JSONValue?
    let clientId: JSONValue?
    let unionid: JSONValue?
    let subject: JSONValue?
    /// `exp` (RFC 7519 §4.1.4); nil if it is absent or beyond the year 9999.
    let expiry: Date?

    /// Nil if `data` is present and not an object.
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
