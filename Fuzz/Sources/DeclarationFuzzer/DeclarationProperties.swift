import Foundation
import FuzzSupport
import IdentityBroker
import OAuth2Provider
import StrictJSON

/// What holds for every declaration of an upstream, and for whatever the upstream answers.
enum DeclarationProperties {
    /// - Parameter input: A declaration as JSON on the first line, and the upstream's answers on the others.
    static func check(_ input: [UInt8]) {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        guard let declaration = declaration(in: lines[0]) else { return }
        checkSpelling(declaration)
        LoginProperties.check(Login.answered(lines.dropFirst().map { $0 }, by: declaration))
    }

    private static func declaration(in bytes: [UInt8]) -> Declaration? {
        do {
            return try JSONDecoder().decode(Declaration.self, from: Data(bytes))
        } catch {
            property("What is wrong is said of a member", holds: error is DecodingError)
            return nil
        }
    }

    /// A declaration that is written is read as the same one.
    private static func checkSpelling(_ declaration: Declaration) {
        let members = declaration.members
        let again = self.declaration(in: members.jsonBytes)
        property("A declaration that is written reads the same", holds: again == declaration)
        property("It is written in one way", holds: again?.members == members)
    }
}
