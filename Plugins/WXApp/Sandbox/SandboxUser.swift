public import Foundation

/// A user of the sandbox: what GenAuth knows about a person.
public struct SandboxUser: Sendable, Hashable, Identifiable {
    /// The `_id`: 24 hexadecimal digits.
    public var id: String

    /// The user name, unique in the pool.
    public var username: String

    /// The nickname, also in the WeChat profile.
    public var nickname: String

    /// The company; empty if none is known.
    public var company: String

    /// The address of GenAuth's copy of the picture.
    public var photo: String

    /// What WeChat knows about the user.
    public var weChatProfile: WeChatProfile

    /// The phone number, eleven digits, returned if the mini program was launched with `getPhone=1`; nil if WeChat has
    /// none.
    public var phone: String?

    /// How the account was created.
    public var registerMethod: String

    /// When the account was created.
    public var signedUp: Date

    /// How often the user has signed in; each redeemed ticket adds one.
    public var loginsCount: Int

    /// Whether the record says that the account is blocked. The exchange itself succeeds.
    public var isBlocked: Bool

    /// Whether the record says that the account is deleted. The exchange itself succeeds.
    public var isDeleted: Bool

    /// Custom data as JSON text; in the documented record, the text of an empty string.
    public var metadata: String

    /// Creates a user; only the id, the names and the WeChat profile have no default.
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

extension SandboxUser {
    /// The person in GenAuth's documented record, but with one phone number instead of two.
    public static let johnDoe = SandboxUser(
        id: "5e57540f84622ae263294a42",
        username: "John Doe",
        nickname: "John Doe",
        weChatProfile: WeChatProfile(
            openid: "o1p9H4wAgb9uTqpxG5Z1g0pIr3FE",
            unionid: "o0pqE6Fbr5M-exSu_PeL_sjwN44U",
            gender: 1,
            city: "Haidian",
            province: "Beijing",
            country: "China",
            avatarURL: "https://thirdwx.qlogo.cn/mmopen/vi_32/john-doe/132"
        ),
        photo: "https://usercontents.genauth.cn/avatar-5e57540f84622ae263294a42-1582781455906",
        phone: "13800138000",
        loginsCount: 1
    )

    /// A user whose account is blocked.
    public static let blocked = SandboxUser(
        id: "5e57540f84622ae263294b10",
        username: "blocked",
        nickname: "Blocked",
        weChatProfile: WeChatProfile(openid: "o1p9H4sandboxBlockedUser0001", unionid: "o0pqE6sandboxBlockedUser0001"),
        isBlocked: true
    )

    /// A new user as WeChat has shown them since 2022: a placeholder name, no region, no gender, and here no unionid.
    public static let placeholder = SandboxUser(
        id: "5e57540f84622ae263294b20",
        username: "placeholder",
        nickname: "微信用户",
        weChatProfile: WeChatProfile(openid: "o1p9H4sandboxPlaceholder0001")
    )

    /// The default users of a sandbox.
    public static let samples = [johnDoe, blocked, placeholder]
}
