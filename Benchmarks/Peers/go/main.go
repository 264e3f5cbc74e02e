// Go's net/http, as a server app would use it.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
)

const (
	userPool = "5e4cdd055df3df65dc58b97d"
	secret   = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
)

type exchange struct {
	Secret string `json:"secret"`
	Ticket string `json:"ticket"`
}

func newClient(authority string, inFlight int) *http.Client {
	pem, err := os.ReadFile(authority)
	if err != nil {
		log.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	return &http.Client{Transport: &http.Transport{
		MaxIdleConns:        inFlight,
		MaxIdleConnsPerHost: inFlight,
		TLSClientConfig:     &tls.Config{RootCAs: roots},
	}}
}

func send(client *http.Client, url string, number int) bool {
	body, _ := json.Marshal(exchange{secret, fmt.Sprintf("ticket-%020d", number)})
	request, _ := http.NewRequest("POST", url, bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	record, err := io.ReadAll(response.Body)
	return err == nil && response.StatusCode == 200 && len(record) > 0
}

func main() {
	port := flag.Int("port", 0, "")
	authority := flag.String("authority", "", "")
	inFlight := flag.Int("in-flight", 1, "")
	warmUp := flag.Float64("warm-up", 0.3, "")
	seconds := flag.Float64("seconds", 1, "")
	flag.Parse()

	client := newClient(*authority, *inFlight)
	url := fmt.Sprintf("https://127.0.0.1:%d/oauth/app2wxapp/auth/%s", *port, userPool)
	measurement := newMeasurement(*inFlight, *warmUp, *seconds)
	var workers sync.WaitGroup
	for worker := 0; worker < *inFlight; worker++ {
		workers.Add(1)
		go func(number int) {
			defer workers.Done()
			for isWanted := true; isWanted; number += *inFlight {
				began := now()
				isWanted = measurement.completed(began, send(client, url, number))
			}
		}(worker)
	}
	workers.Wait()
	measurement.print()
}
