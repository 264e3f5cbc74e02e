import Foundation
import IdentityBroker

/// Says that a client's own token was revoked. Such a token has no grant that could end, so what is kept is the exception.
struct RevokedClientToken: RecordBody, Codable {
    static let recordKind: RecordKind = "revoked_client_token"

    /// The id of the record about a token.
    static func id(of token: AccessToken) -> RecordID { RecordID(digestOf: Array(token.id.utf8)) }

    /// The record about a token. It outlives the token by an hour, for clocks that are wrong.
    static func record(of token: AccessToken) -> Record<RevokedClientToken> {
        Record(RevokedClientToken(), id: id(of: token), expiry: token.expiry + .seconds(3600))
    }
}
