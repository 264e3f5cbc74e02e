import BrokerServing
import Foundation
import IdentityBroker

extension LoginPages {
    /// The longest logo, in bytes: it is part of every page.
    private static let logoBytes = 20 * 1024

    /// Checks that the logo can be read.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    func checkLogo() throws(BrokerError) {
        guard let logo else { return }
        guard let bytes = try? FileDescriptorReader(path: logo).read(atMost: Self.logoBytes + 1), !bytes.isEmpty else {
            throw .misconfigured("The logo cannot be read, or is empty. Check the file and its permissions.")
        }
        guard bytes.count <= Self.logoBytes else {
            throw .misconfigured("The logo is longer than \(Self.logoBytes / 1024) KiB, and every page has it.")
        }
    }

    /// Checks that the templates' directory exists.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    func checkTemplates() throws(BrokerError) {
        guard let templates else { return }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: templates, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw .misconfigured("There is no such directory for the templates of the pages.")
        }
    }
}
