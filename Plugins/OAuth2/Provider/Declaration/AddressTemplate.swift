import OAuthClient

/// An address in which `{host}` may stand for the host that an operator sets.
struct AddressTemplate: DeclarationText {
    static let expectation =
        "an absolute URL without user name and fragment, in which {host} may stand for the host, as in https://{host}/login"
    private static let placeholder = "{host}"

    let written: String

    init?(_ text: String) {
        written = text
        guard endpoint(at: "host.example") != nil else { return nil }
    }

    /// Whether it depends on the host.
    var needsHost: Bool { written.contains(Self.placeholder) }

    /// The address at a host; nil if that is none.
    func endpoint(at host: String?) -> Endpoint? {
        Endpoint(text(at: host))
    }

    /// The address as text.
    func text(at host: String?) -> String {
        host.map { written.replacing(Self.placeholder, with: $0) } ?? written
    }
}

extension AddressTemplate: ExpressibleByStringLiteral {
    /// An address written in source code.
    ///
    /// - Precondition: The literal is an address; another one is a programming error that shows at the first run.
    init(stringLiteral literal: String) {
        guard let template = AddressTemplate(literal) else { preconditionFailure("'\(literal)' is not an address.") }
        self = template
    }
}
