import Foundation

/// The record that the exchange answers with, member for member as GenAuth documents it.
struct UserRecord: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id = "_id"
        case emailVerified, username, nickname, company, photo, loginsCount, registerMethod, blocked, isDeleted, oauth
        case metadata, unionid, openid, lastIP, lastLogin, signedUp, token, tokenExpiredAt, phone
    }

    let user: SandboxUser
    let phone: String?
    let oauth: String
    let login: Date
    let token: UserToken

    /// - Parameters:
    ///   - user: The user, with this login counted.
    ///   - isPhoneGranted: Whether the mini program was allowed to pass the phone number on.
    ///   - login: When the ticket was redeemed.
    init(user: SandboxUser, isPhoneGranted: Bool, login: Date, token: UserToken) throws {
        self.user = user
        self.phone = isPhoneGranted ? user.phone : nil
        self.oauth = try JSONText.encode(OAuthBlob(user: user, phone: phone))
        self.login = login
        self.token = token
    }

    func encode(to encoder: any Encoder) throws {
        var record = encoder.container(keyedBy: CodingKeys.self)
        try record.encode(user.id, forKey: .id)
        try record.encode(false, forKey: .emailVerified)
        try record.encode(user.username, forKey: .username)
        try record.encode(user.nickname, forKey: .nickname)
        try record.encode(user.company, forKey: .company)
        try record.encode(user.photo, forKey: .photo)
        try record.encode(user.loginsCount, forKey: .loginsCount)
        try record.encode(user.registerMethod, forKey: .registerMethod)
        try record.encode(user.isBlocked, forKey: .blocked)
        try record.encode(user.isDeleted, forKey: .isDeleted)
        try record.encode(oauth, forKey: .oauth)
        try record.encode(user.metadata, forKey: .metadata)
        try record.encodeIfPresent(user.weChatProfile.unionid, forKey: .unionid)
        try record.encode(user.weChatProfile.openid, forKey: .openid)
        try record.encode("::ffff:127.0.0.1", forKey: .lastIP)
        try record.encode(JSONText.date(login), forKey: .lastLogin)
        try record.encode(JSONText.date(user.signedUp), forKey: .signedUp)
        try record.encode(token.compact, forKey: .token)
        try record.encode(JSONText.date(token.expiry), forKey: .tokenExpiredAt)
        // Null rather than absent if there is none, as in the vendor's samples.
        try record.encode(phone, forKey: .phone)
    }
}
