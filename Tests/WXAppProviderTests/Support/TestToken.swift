import Crypto
import Foundation

/// A token in GenAuth's form, made by the test.
struct TestToken {
    static let key = "canary-token-key"

    var header: JSON = ["alg": "HS256", "typ": "JWT"]
    var payload: JSON = [
        "data": [
            "id": .string(Scenario.userId), "clientId": .string(Scenario.userPoolId),
            "unionid": .string(Scenario.unionid),
        ],
        "iat": 1_582_781_600,
        "exp": 1_584_077_600,
    ]

    /// The payload with these members of `data` inserted or removed.
    init(header: JSON? = nil, data members: [String: JSON?] = [:], claims: [String: JSON?] = [:]) {
        self.header = header ?? self.header
        guard case .object(let object) = payload, let data = object["data"] else { return }
        payload = payload.with(["data": data.with(members)]).with(claims)
    }

    init(payload: JSON) {
        self.payload = payload
    }

    /// The token in compact serialization, signed with the key whatever the header says.
    func signed(with key: String = key) throws -> String {
        let input = "\(Self.encode(Data(try header.text.utf8))).\(Self.encode(Data(try payload.text.utf8)))"
        let code = HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return "\(input).\(Self.encode(Data(code)))"
    }

    static func encode(_ bytes: Data) -> String {
        bytes.base64EncodedString()
            .replacing("+", with: "-")
            .replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
