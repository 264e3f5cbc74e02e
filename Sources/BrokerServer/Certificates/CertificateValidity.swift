package import Foundation

/// The validity period of a certificate (RFC 5280 §4.1.2.5).
package struct CertificateValidity: Sendable, Hashable {
    package enum Standing: Sendable, Hashable {
        case notYetValid
        case valid
        case expired
    }

    package let begin: Date
    package let end: Date

    package init(begin: Date, end: Date) {
        self.begin = begin
        self.end = end
    }

    package func standing(at now: Date) -> Standing {
        if now > end { return .expired }
        return now < begin ? .notYetValid : .valid
    }
}
