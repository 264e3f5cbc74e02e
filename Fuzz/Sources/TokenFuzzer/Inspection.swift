import Crypto
import Foundation
import FuzzSupport
import IdentityBroker
import StrictJSON

@testable import WXAppProvider

/// The result of inspecting a record with a token.
enum Inspection {
    static let key = Secret("planted-token-key")
    static let foreignKey = Secret("another-token-key")

    /// Inspects the token within a record; without a key it is read but not verified.
    static func of(_ token: String, key: Secret?) -> Result<TokenInspection, BrokerError> {
        let text = #"{"_id":"5e57540f84622ae263294a42","token":\#(JSONText.quoting(token))}"#
        let reader = JSONReader(limits: .init(maximumBytes: 1024 * 1024))
        // The record is written above, and any text can be written as JSON.
        guard let record = (try? reader.read(text.utf8))?.object else {
            fatalError("A record that was written cannot be read.")
        }
        return Result { () throws(BrokerError) in
            let now = Date(timeIntervalSince1970: 1_582_781_700)
            return try TokenInspector(key: key).inspect(GenAuthUserRecord(record), at: now)
        }
    }

    /// The token in compact serialization (RFC 7515 §7.1), signed with HS256 whatever its header says.
    static func token(header: [UInt8], payload: [UInt8], key: Secret) -> String {
        let input = "\(EncodingProperties.encode(header)).\(EncodingProperties.encode(payload))"
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(input.utf8),
            using: SymmetricKey(data: key.revealBytes())
        )
        return "\(input).\(EncodingProperties.encode(Array(code)))"
    }
}
