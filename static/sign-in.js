// Says it in the page when a passkey fails: allauth's own script would tell only the console.

const show = (id) => { const said = document.getElementById(id); if (said) { said.hidden = false; said.focus(); } };

document.addEventListener('allauth.error', (event) => { event.preventDefault(); show('passkey-failed'); });

if (!window.PublicKeyCredential) {
  document.querySelectorAll('[data-passkey]').forEach((button) => { button.hidden = true; });
  show('passkey-unknown');
}
