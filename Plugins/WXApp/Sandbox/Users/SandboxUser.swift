public import Foundation

/// Somebody who can sign in to the sandbox; what GenAuth knows of the person.
public struct SandboxUser: Sendable, Hashable, Identifiable {
    /// The `_id`: 24 hexadecimal digits.
    public var id: String

    /// The user name, unique in the pool.
    public var username: String

    /// The nickname, by which the WeChat profile calls the user as well.
    public var nickname: String

    /// The company; empty if none is known.
    public var company: String

    /// The address of GenAuth's copy of the picture.
    public var photo: String

    /// What WeChat says of the user.
    public var weChatProfile: WeChatProfile

    /// The phone number, eleven digits, handed out if the mini program was launched with `getPhone=1`; nil if WeChat
    /// has none.
    public var phone: String?

    /// How the account came to be.
    public var registerMethod: String

    /// When the account came to be.
    public var signedUp: Date

    /// How often the user has signed in; one more with each ticket redeemed.
    public var loginsCount: Int

    /// Whether the record says that the account is blocked. The exchange itself goes through.
    public var isBlocked: Bool

    /// Whether the record says that the account is deleted. The exchange itself goes through.
    public var isDeleted: Bool

    /// Custom data as JSON text; the documented record has the text of an empty string.
    public var metadata: String

    /// Makes a user; only id, names and the WeChat profile have no default.
    public init(
        id: String,
        username: String,
        nickname: String,
        weChatProfile: WeChatProfile,
        company: String = "",
        photo: String = "https://usercontents.genauth.cn/authing-avatar.png",
        phone: String? = nil,
        registerMethod: String = "oauth:app2wxapp",
        signedUp: Date = Date(timeIntervalSince1970: 1_582_781_455.875),
        loginsCount: Int = 0,
        isBlocked: Bool = false,
        isDeleted: Bool = false,
        metadata: String = #""""#
    ) {
        self.id = id
        self.username = username
        self.nickname = nickname
        self.company = company
        self.photo = photo
        self.weChatProfile = weChatProfile
        self.phone = phone
        self.registerMethod = registerMethod
        self.signedUp = signedUp
        self.loginsCount = loginsCount
        self.isBlocked = isBlocked
        self.isDeleted = isDeleted
        self.metadata = metadata
    }
}
