import IdentityBroker

/// An upstream at whose site people sign in.
struct Site: Sendable {
    static let issuer = "https://site.example"
    static let longestCode = 512

    var form: RedirectForm
    /// Whether it says that it names itself in each answer.
    var namesItself = false

    /// One by the book, and one that differs in all that can differ.
    static let all = [
        Site(form: RedirectForm()),
        Site(
            form: RedirectForm(
                responseMode: .formPost, codeParameters: ["code", "auth_code"], furtherParameters: ["user"],
                cancellationCodes: ["user_cancelled"]),
            namesItself: true),
    ]

    var takesUser: Bool { form.furtherParameters.contains("user") }

    /// The names of the parameters that decide.
    var watched: [String] { ["state", "error", "iss"] + form.codeParameters + form.furtherParameters }
}
