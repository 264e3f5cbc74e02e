/// The templates of the pages: Mustache, without logic. An operator may replace each by a file of its name with the extension
/// `mustache`.
enum PageTemplate: String, Sendable, CaseIterable {
    /// The choice of a provider.
    case login
    /// What an app wants to know.
    case consent
    /// Which app asks, where nothing proves it.
    case confirmation = "continue"
    /// Why it does not go on.
    case error
    /// The way of an answer to an app by a form.
    case formPost = "form-post"
    /// Whether to sign out.
    case logout
    /// Which device is meant.
    case device
    /// A device was answered for.
    case deviceDone = "device-done"
    /// No one is signed in.
    case signedOut = "signed-out"
    /// What a person has open.
    case account
    /// The beginning of every page.
    case head
    /// The end of every page.
    case foot

    /// Whether others include it.
    var isPart: Bool { self == .head || self == .foot }

    /// The names that it gets, those of list entries among them.
    var names: Set<String> {
        let common: Set = ["lang", "css", "service", "logo", "heading", "lead"]
        let form: Set = ["action", "token", "fields", "name", "value"]
        let own: Set<String> =
            switch self {
            case .login: ["providers", "id", "mark", "label", "link"]
            case .consent: form.union(["scopes", "text", "allow", "deny"])
            case .confirmation: form.union(["continue", "cancel"])
            case .error: ["detail", "restart", "link", "label", "request", "request_label"]
            case .formPost: ["action", "fields", "name", "value", "continue", "script"]
            case .logout: form.union(["logout"])
            case .account:
                form.union([
                    "sessions_heading", "sessions", "id", "provider", "opened", "used", "current", "end",
                    "consents_heading",
                    "consents", "app", "scope", "none", "logout", "logout_link",
                ])
            case .device: ["action", "field", "field_label", "continue"]
            case .signedOut, .deviceDone, .head, .foot: []
            }
        return common.union(own)
    }

    /// The template that the service brings along.
    var text: String {
        switch self {
        case .login: Self.loginText
        case .consent: Self.consentText
        case .confirmation: Self.confirmationText
        case .error: Self.errorText
        case .formPost: Self.formPostText
        case .logout: Self.logoutText
        case .device: Self.deviceText
        case .deviceDone: Self.deviceDoneText
        case .signedOut: Self.signedOutText
        case .account: Self.accountText
        case .head: Self.headText
        case .foot: Self.footText
        }
    }
}
