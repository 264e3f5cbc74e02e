import BrokerSandbox

/// An app at WeChat, as one of the provider types knows it.
struct App: Sendable {
    /// A page for browsers.
    struct Page: Sendable {
        let path: String
        /// The scopes that it takes.
        let scopes: [String]
    }

    /// The provider type.
    let type: String
    let displayName: String
    /// What it is, with its article.
    let indefinite: String
    let appId: String
    /// Nil for an app that gets codes itself.
    let page: Page?
    /// Who can sign in. The first one does if no one is named.
    var people = Person.users

    static let miniProgram = App(
        type: "wechat-miniprogram", displayName: "WeChat mini program", indefinite: "a mini program",
        appId: "wx4f4bc4dec97d474b", page: nil)

    /// The person of this name, or the first one.
    ///
    /// - Throws: ``SandboxFault/unknownPerson``.
    func person(named name: String?) throws(SandboxFault) -> Person {
        guard let person = people.first(where: { name == nil || $0.name == name }) else { throw .unknownPerson }
        return person
    }

    static let all = [
        miniProgram,
        App(
            type: "wechat-app", displayName: "WeChat in a mobile app", indefinite: "a mobile app",
            appId: "wxd930ea5d5a258f4f", page: nil),
        App(
            type: "wechat-web", displayName: "WeChat on a website", indefinite: "a website",
            appId: "wxbdc5610cc59c1631", page: Page(path: "/connect/qrconnect", scopes: ["snsapi_login"])),
        App(
            type: "wechat-official-account", displayName: "WeChat official account", indefinite: "an official account",
            appId: "wx520c15f417810387",
            page: Page(path: "/connect/oauth2/authorize", scopes: ["snsapi_base", "snsapi_userinfo"]),
            people: Person.visitors),
    ]
}
