import FuzzSupport
import IdentityBroker

@testable import WXAppProvider

/// The properties of a token that was signed with the key, whatever it contains.
enum SignedTokenProperties {
    static func check(header: [UInt8], payload: [UInt8]) {
        let token = Inspection.token(header: header, payload: payload, key: Inspection.key)
        switch Inspection.of(token, key: Inspection.key) {
        case .success(let inspection):
            checkContent(inspection, header: header, payload: payload)
            checkForgeries(of: token)
        case .failure(let error):
            ForeignTokenProperties.checkRefusal(error)
        }
        let foreign = Inspection.token(header: header, payload: payload, key: Inspection.foreignKey)
        ForeignTokenProperties.check(foreign)
    }

    /// A token that verifies uses HS256, and contains the claims that the provider requires.
    private static func checkContent(_ inspection: TokenInspection, header: [UInt8], payload: [UInt8]) {
        let fields = ForeignJSON.read(header)
        property("Only HS256 verifies", holds: fields?["alg"]?.text == "HS256")
        property("Nothing critical is passed over", holds: fields?["crit"] == nil)

        let claims = ForeignJSON.read(payload)
        let data = claims?["data"]
        property("A token that verifies names a user", holds: data?["id"] != nil || claims?["sub"] != nil)
        property("A token that verifies names its pool", holds: data?["clientId"] != nil)
        property("A token that verifies says until when", holds: claims?["exp"] != nil && claims?["exp"]?.text == nil)
        property("Its time is known", holds: inspection.expiry != nil)
        property(
            "What was verified is not noted as not verified",
            holds: Set(inspection.notices).isSubset(of: [.upstreamTokenExpired])
        )
    }

    private static func checkForgeries(of token: String) {
        let bytes = Array(token.utf8)
        let dot = UInt8(ascii: ".")
        guard let signature = bytes.lastIndex(of: dot) else { return }
        var forgeries = [Array(bytes[...signature]), bytes.dropLast(4), bytes + Array("AAAA".utf8)]
        // One character of each part is replaced by another of the alphabet.
        for position in [0, bytes.firstIndex(of: dot).map { $0 + 1 } ?? 0, signature + 1, bytes.count - 2] {
            var forgery = bytes
            forgery[position] = forgery[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            forgeries.append(forgery)
        }
        for forgery in forgeries {
            guard
                case .failure(let error) = Inspection.of(String(decoding: forgery, as: UTF8.self), key: Inspection.key)
            else {
                property("What was altered does not verify", holds: false)
                return
            }
            ForeignTokenProperties.checkRefusal(error)
        }
        guard case .failure = Inspection.of(token, key: Inspection.foreignKey) else {
            property("Nothing verifies with another key", holds: false)
            return
        }
    }
}
