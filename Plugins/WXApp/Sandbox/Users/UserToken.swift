import Foundation

/// The token inside the record, signed with the pool's token key and valid for fifteen days.
struct UserToken {
    private struct Claims: Encodable {
        struct Person: Encodable {
            let unionid: String?
            let id: String
            /// The user pool, despite the name.
            let clientId: String
        }

        let data: Person
        let iat: Int
        let exp: Int
    }

    private static let lifetime = 15 * 24 * 60 * 60

    let compact: String
    let expiry: Date

    init(user: SandboxUser, userPoolId: String, login: Date, key: String) throws {
        let issuedAt = Int(login.timeIntervalSince1970.rounded(.down))
        let expiry = issuedAt + Self.lifetime
        let person = Claims.Person(unionid: user.weChatProfile.unionid, id: user.id, clientId: userPoolId)
        self.compact = try JSONWebToken.sign(Claims(data: person, iat: issuedAt, exp: expiry), key: key)
        self.expiry = Date(timeIntervalSince1970: TimeInterval(expiry))
    }
}
