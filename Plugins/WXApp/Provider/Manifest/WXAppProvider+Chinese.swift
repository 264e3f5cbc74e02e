import IdentityBroker

extension WXAppProvider {
    /// The manifest's texts in Chinese.
    static let chinese = ManifestTranslation(
        displayName: "微信小程序（GenAuth）",
        summary: "应用打开 GenAuth 的微信小程序并取回票据（ticket），再由应用的服务器以票据换取用户信息。",
        settings: [
            "userPoolId": "用户所登录的 GenAuth 用户池的 ID，见控制台的基本设置。",
            "secret": "用户池的密钥，即用户池的主密钥。只有用户池允许不带密钥换取票据时才可省略：那样一来，谁拿到票据都能使用它。",
            "baseURL": "GenAuth 的地址。私有化部署时更改；换取票据的路径会自动补上。",
            "issuer": "身份的签发方（issuer），与用户标识一起构成账号的存储键。更换 baseURL 时请填旧值，以免所有用户都得到新账号。",
            "tokenKey": "GenAuth 用来签署用户令牌的密钥（HS256）。设置后，缺少令牌、令牌采用其他算法或验证不通过的登录都会被拒绝。",
            "miniProgram": "要打开的小程序；缺省为 GenAuth 的共享小程序。",
            "miniProgram.userName": "小程序的原始 ID（gh_…），微信据此打开小程序。",
            "miniProgram.appId": "小程序的 AppID（wx…），即其用户 openid 的作用域。",
            "miniProgram.path": "要打开的页面：绝对路径，不带查询参数。",
            "miniProgram.useSelfWxapp": "是否为自有小程序，而不是 GenAuth 的共享小程序。",
            "miniProgram.type": "要打开的版本：正式版（release）、开发版（test）或体验版（preview）。",
            "requestPhone": "小程序是否向用户索取手机号。",
        ],
        notices: Dictionary(uniqueKeysWithValues: WXAppNotice.allCases.map { ($0.notice, $0.chineseMeaning) }),
        registration: "在 GenAuth 控制台的基本设置中取得用户池的 ID 和密钥。"
    )
}
