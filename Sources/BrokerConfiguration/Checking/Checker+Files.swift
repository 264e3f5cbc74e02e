import IdentityBroker

extension Checker {
    /// A file with settings of its own, which a setting names; nil after reporting a problem.
    mutating func checkDocument(
        _ node: SourceNode,
        of settings: [Setting],
        at path: SettingPath
    ) -> CheckedValue? {
        guard case .text(let name)? = checkScalar(node, as: .path, at: path) else { return nil }
        let root: SourceNode
        do throws(SourceFault) {
            root = try YAMLReader(try SourceText.bytes(ofFileAt: name)).read(orIfEmpty: "The file is empty.")
        } catch {
            // A file that cannot be read at all is a mistake in the configuration that names it.
            let isThere = error.kind != .unreadable
            report([
                ConfigurationProblem(
                    kind: error.kind, file: isThere ? name : file, position: isThere ? error.position : node.position,
                    keyPath: path.text, message: error.message)
            ])
            return nil
        }
        var checker = Checker(file: name, baseDirectory: Configuration.directory(of: name))
        let members = checker.checkObject(root, of: settings, at: path)
        report(checker.problems)
        return members.map { CheckedValue(content: .object($0), position: root.position, file: name) }
    }
}
