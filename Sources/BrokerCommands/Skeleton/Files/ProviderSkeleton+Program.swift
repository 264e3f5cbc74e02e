import BrokerConfiguration

extension ProviderSkeleton {
    var main: String {
        #"""
        \#(imports("BrokerCommands", name.module))

        @main
        struct Main {
            static func main() async {
                await BrokerCommand.main(providers: [\#(name.module).self])
            }
        }

        """#
    }

    var configuration: String {
        """
        # Configuration of \(name.program). It is valid once the environment variable holds the API key.
        version: 1

        providers:
          \(name.type):
            type: \(name.type.yamlScalar)
            settings:
              # An example. Put your upstream's address here.
              baseURL: https://\(name.type).example
              apiKey: { env: \(name.variablePrefix)_API_KEY }

        """
    }

    var readme: String {
        """
        # \(name.title) for the identity broker

        The provider type `\(name.type)` exchanges a ticket for the person whom it was issued to.

        ```sh
        swift test
        swift run \(name.program) providers describe \(name.type)
        \(name.variablePrefix)_API_KEY=example swift run \(name.program) config check
        swift format lint --strict --recursive Package.swift Sources Tests
        ```

        It remembers which tickets were redeemed in `Config/broker.sqlite`, for all its processes on one machine.

        It needs Swift 6.2 or newer, and libcurl 7.87 or newer with its headers.

        ## What to change

        The upstream is invented. Make it yours in this order; the tests say what does not hold yet.

        1. `\(name.typePrefix)Fixture.swift`: what your upstream answers, how it refuses, and who is signed in then.
        2. `\(name.typePrefix)Record.swift`: its record, under the names on the wire.
        3. `UpstreamIdentity+Record.swift`: what the record means.
        4. `TicketExchange.swift` and `UpstreamResponse+Record.swift`: what is sent, and what a refusal means.
        5. `\(name.module)+Manifest.swift` and `+Settings.swift`: what configuration has to say.

        Single use, deadlines, the egress policy, the gate and the audit are the broker's. A provider can skip none of them.

        """
    }
}
