import IdentityBroker

/// An upstream at whose site people sign in.
struct Site: Sendable {
    static let issuer = "https://site.example"
    static let longestCode = 512

    var form: RedirectForm
    /// Whether it says that it names itself in each answer.
    var namesItself = false
    /// What it calls itself.
    var name = issuer

    /// One by the book, and two that between them differ in all that can differ.
    static let all = [
        Site(form: RedirectForm()),
        Site(
            form: RedirectForm(
                responseMode: .formPost, codeParameters: ["code", "auth_code"], furtherParameters: ["user"],
                cancellationCodes: ["user_cancelled"]),
            namesItself: true),
        Site(
            form: RedirectForm(
                refusalsAsCode: ["authdeny"], refusesWithoutCode: true, usesPKCE: false,
                issuers: ["\(issuer)/{tenant}/v2", "https://alias.example"]),
            name: "\(issuer)/acme/v2"),
    ]

    var takesUser: Bool { form.furtherParameters.contains("user") }

    /// What it may call itself.
    var names: [String] { form.issuers ?? [Self.issuer] }

    /// What comes in the place of a code if the user did not agree.
    var refusals: [[UInt8]] { form.refusalsAsCode.map { Array($0.utf8) } }

    /// The names of the parameters that decide.
    var watched: [String] { ["state", "error", "iss"] + form.codeParameters + form.furtherParameters }
}
