/// One thing that a provider may do wrong whose requests carry an app's token beside the credential.
enum AppTokenDefect: String, CaseIterable, Sendable {
    /// Has the credential sent again after a failure of the upstream's own.
    case resendsAfterFailure
    /// Has the credential sent again after any refusal.
    case resendsAfterRefusal
    /// Tries to send the credential again after a request that brought no answer.
    case resendsAfterSilence
    /// Tries to send the credential a third time if a new token is refused as well.
    case resendsTwice
    /// Knows only one of the codes by which the upstream refuses the token.
    case overlooksCode
    /// Takes a refused token for a refused credential.
    case neverResends

    /// The defect that the provider has in the current task; nil for none.
    @TaskLocal static var current: AppTokenDefect?

    /// The rules of the kit that name it.
    var brokenRules: Set<String> {
        let sentOnce = "whatever the upstream answers, the credential is sent once and no request is repeated"
        let renewed = "a refused app token is renewed, and the credential sent once more and never again"
        let failedLogin = "a failure has a kind that a provider may use"
        return switch self {
        case .resendsAfterFailure, .resendsAfterRefusal: [sentOnce]
        case .resendsAfterSilence: [failedLogin]
        case .resendsTwice, .overlooksCode, .neverResends: [renewed]
        }
    }
}
