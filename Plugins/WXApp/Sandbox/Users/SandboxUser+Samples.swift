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
