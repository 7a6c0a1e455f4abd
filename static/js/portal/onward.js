// Takes what an app put behind the # of the address along to the form. Browsers keep it through a redirect and send it to
// no server; a form, whose answer the redirect is, needs it at its own address.
const form = document.querySelector('[data-behaviour="onward"]');

if (form && location.hash) form.action += location.hash;
